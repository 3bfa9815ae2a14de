import { FailureLog } from './failure-log.js';
import { type Failure } from './scim-request.js';

/** What one phase of the run cost, over all jobs that went through it. */
export class PhaseRecord {
  readonly latenciesMs: number[] = [];
  retries = 0;
  failures = 0;
  readonly #log: FailureLog;
  #firstStart = Number.POSITIVE_INFINITY;
  #lastEnd = 0;

  constructor(
    readonly name: string,
    log: FailureLog,
  ) {
    this.#log = log;
  }

  /** From the first request's start to the last one's end; other phases may have run in between. */
  get durationMs(): number {
    return Math.max(0, this.#lastEnd - this.#firstStart);
  }

  /** Counts one attempt at a request; instants as of `performance.now()`. */
  attempted(start: number, end: number): void {
    this.latenciesMs.push(end - start);
    this.#firstStart = Math.min(this.#firstStart, start);
    this.#lastEnd = Math.max(this.#lastEnd, end);
  }

  failed(failure: Omit<Failure, 'phase'>): Failure {
    const failureHere = { phase: this.name, ...failure };
    this.failures++;
    this.#log.add(failureHere);
    return failureHere;
  }
}

/** The phases of a run in the order they first began, and all its failures. */
export class RunRecord {
  readonly failureLog = new FailureLog();
  readonly #phases = new Map<string, PhaseRecord>();

  phase(name: string): PhaseRecord {
    const known = this.#phases.get(name);
    if (known) return known;
    const phase = new PhaseRecord(name, this.failureLog);
    this.#phases.set(name, phase);
    return phase;
  }

  get phases(): PhaseRecord[] {
    return [...this.#phases.values()];
  }
}
