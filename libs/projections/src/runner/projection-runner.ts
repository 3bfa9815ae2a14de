import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventEnvelope } from '#event-catalog';
import { type Position, type RecordedEvent, beforeFirstPosition } from '#event-store';
import { type EventPlace, placeOf, placeOfRecorded } from '../event-place.js';
import type { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import {
  EventNotAppliedError,
  OwnershipLostError,
  type ProjectionTarget,
  TargetUnavailableError,
} from '../projection-target.js';
import { type BackOff, defaultBackOff, pause } from './back-off.js';
import type { ProjectionFailure, ProjectionObserver, ProjectionState } from './projection-state.js';
import { readAhead } from './read-ahead.js';
import type { ReadEvent } from './read-batch.js';
import { type Run, readRuns } from './read-runs.js';
import type { EventCost } from './split-by-cost.js';
import { type FollowedLog, LogParted, subscribeSameLog } from './subscribe-same-log.js';
import { withinAfterAbort } from './within-after-abort.js';

/** What a runner tells of its progress, and asks of those who wait for it. */
export type RunnerProgress = Pick<CheckpointSignal, 'advanced' | 'halted' | 'untilAwaited'>;

export interface ProjectionRunnerOptions {
  readonly log: FollowedLog;
  readonly readEvent: ReadEvent;
  /** By what is stored of an event: whether the target needs to see it. Others are passed by unread. Default: all. */
  readonly concerns?: (recorded: RecordedEvent) => boolean;
  /** What the names of streams begin with of which nothing concerns the target; the log may leave them out. Default: none. */
  readonly passingBy?: readonly string[];
  /** Whether the next run is read and prepared while one is applied: where log and target are elsewhere. Default: it is not. */
  readonly readsAhead?: boolean;
  readonly target: ProjectionTarget;
  /** Told of every move of the checkpoint; how others wait for this projection. */
  readonly progress: RunnerProgress;
  readonly observer?: ProjectionObserver;
  /** Most events in one transaction, which holds up everything else in the process. Default 512: some ten milliseconds. */
  readonly batchSize?: number;
  /** Where one event can cost as much as hundreds: the cost of one, by which `batchSize` is then counted. */
  readonly costOf?: EventCost;
  readonly backOff?: BackOff;
  /**
   * How long events that nobody waits for may gather, so that they share a transaction, milliseconds. Costs no freshness
   * where every reader asks `progress` before it reads. Default 0: each is applied as soon as it is heard of.
   */
  readonly lingerMs?: number;
  /** How long `run` waits for a transaction under way once the signal has aborted. */
  readonly stopWithinMs?: number;
}

/**
 * Carries the log into one target: exactly once and in order, because rows and checkpoint move together. An event that
 * cannot be read or applied stops it right before that event; a log or target that is away is waited for.
 */
export class ProjectionRunner {
  readonly #options: ProjectionRunnerOptions;
  readonly #batchSize: number;
  readonly #backOff: BackOff;
  #epoch = 0;
  #checkpoint = beforeFirstPosition;
  /** What stands at the checkpoint, as far as is known. */
  #last: EventPlace | undefined;
  #attempt = 0;
  #state: ProjectionState = { status: 'idle' };

  constructor(options: ProjectionRunnerOptions) {
    this.#options = options;
    this.#batchSize = options.batchSize ?? 512;
    this.#backOff = options.backOff ?? defaultBackOff;
  }

  get state(): ProjectionState {
    return this.#state;
  }

  /**
   * Takes the target over and follows the log until the signal aborts or the projection fails. Never rejects. A batch
   * that outlives `stopWithinMs` is left to the compare-and-set: it commits as a whole or not at all.
   *
   * @returns the state it came to rest in: `ended` or `failed`.
   */
  async run(signal: AbortSignal): Promise<ProjectionState> {
    const failure = await withinAfterAbort(this.#project(signal), signal, this.#options.stopWithinMs ?? 5_000);
    const checkpoint = this.#checkpoint;
    this.#enter(failure ? { status: 'failed', checkpoint, failure } : { status: 'ended', checkpoint });
    this.#options.progress.halted();
    return this.#state;
  }

  async #project(signal: AbortSignal): Promise<ProjectionFailure | undefined> {
    const taken = await this.#insist(async () => {
      const { epoch, checkpoint, last } = await this.#options.target.acquire();
      this.#epoch = epoch;
      this.#last = last;
      this.#moved(checkpoint);
    }, signal);
    if (taken) return taken;
    this.#enter({ status: 'running', checkpoint: this.#checkpoint });
    while (!signal.aborted) {
      const failure = await this.#follow(signal);
      if (failure) return failure;
    }
    return undefined;
  }

  /** One subscription, from the checkpoint until it ends, is lost, or an event stops the projection. */
  async #follow(signal: AbortSignal): Promise<ProjectionFailure | undefined> {
    const { progress, lingerMs = 0 } = this.#options;
    const runs = this.#runs(signal);
    try {
      while (!signal.aborted) {
        const next = await runs.next().catch((cause: unknown) => ({ lost: cause }));
        if ('lost' in next) {
          if (next.lost instanceof LogParted) return { kind: 'parted', cause: next.lost };
          await this.#wait('log', next.lost, signal);
          return undefined;
        }
        if (next.done) {
          if (!signal.aborted) await this.#wait('log', new Error('The subscription ended.'), signal);
          return undefined;
        }
        const failure = await this.#take(next.value, signal);
        if (failure) return failure;
        if (lingerMs > 0 && !next.value.isBehind) await progress.untilAwaited(lingerMs, signal);
      }
      return undefined;
    } finally {
      await runs.return().catch(() => undefined);
    }
  }

  #runs(signal: AbortSignal): AsyncGenerator<Run, void, undefined> {
    const { log, target, readEvent, concerns, costOf, passingBy = [], readsAhead = false } = this.#options;
    const [built, batchSize] = [{ checkpoint: this.#checkpoint, last: this.#last }, this.#batchSize];
    const read = (until: AbortSignal) => {
      const options = { signal: until, batchSize, passingBy, onServed: () => this.#served() };
      const batches = subscribeSameLog(log, built, options);
      return readRuns(batches, { readEvent, concerns, costOf, batchSize });
    };
    return readsAhead ? readAhead(read, signal, (run) => target.prepare?.(run.events)) : read(signal);
  }

  async #take({ events, end, failure }: Run, signal: AbortSignal): Promise<ProjectionFailure | undefined> {
    if (signal.aborted) return undefined;
    const refused = await this.#applyUpToFailure(events, end, signal);
    if (refused) return refused;
    // An embedded target works synchronously: without this turn a long catch-up would hold up the whole process.
    await nextTurn();
    return signal.aborted ? undefined : failure;
  }

  /**
   * Where one event of the run does not fit, what stands before it is applied, so that the view is as fresh as it can be.
   *
   * @param end where the checkpoint goes; undefined: to the run's last event.
   */
  async #applyUpToFailure(
    run: readonly EventEnvelope[],
    end: RecordedEvent | undefined,
    signal: AbortSignal,
  ): Promise<ProjectionFailure | undefined> {
    const failure = await this.#insist(() => this.#apply(run, end), signal);
    if (failure?.kind !== 'apply') return failure;
    const before = run.slice(
      0,
      Math.max(
        0,
        run.findIndex(({ eventId }) => eventId === failure.eventId),
      ),
    );
    return (await this.#insist(() => this.#apply(before), signal)) ?? failure;
  }

  async #apply(run: readonly EventEnvelope[], end?: RecordedEvent): Promise<void> {
    const lastOfRun = run.at(-1);
    const last = end ? placeOfRecorded(end) : lastOfRun && placeOf(lastOfRun);
    const to = (end ?? lastOfRun)?.position;
    if (to === undefined) return;
    const started = performance.now();
    await this.#options.target.apply(run, { epoch: this.#epoch, from: this.#checkpoint, to, last });
    this.#last = last;
    this.#moved(to);
    const milliseconds = performance.now() - started;
    this.#options.observer?.batchApplied?.({ events: run.length, checkpoint: to, milliseconds });
  }

  /** Does the work again and again while the target is away; any other failure is final. */
  async #insist(work: () => Promise<void>, signal: AbortSignal): Promise<ProjectionFailure | undefined> {
    for (;;) {
      try {
        await work();
        this.#recovered();
        return undefined;
      } catch (error) {
        if (!(error instanceof TargetUnavailableError)) return asFailure(error);
        await this.#wait('target', error, signal);
        if (signal.aborted) return undefined;
      }
    }
  }

  async #wait(away: 'log' | 'target', cause: unknown, signal: AbortSignal): Promise<void> {
    const attempt = ++this.#attempt;
    this.#enter({ status: 'retrying', checkpoint: this.#checkpoint, attempt, away, cause });
    await pause(this.#backOff(attempt), signal);
  }

  /** The pauses go on growing until an event is applied: a log may take subscriptions and break each off. */
  #served(): void {
    if (this.#state.status !== 'retrying' || this.#state.away !== 'log') return;
    this.#enter({ status: 'running', checkpoint: this.#checkpoint });
  }

  #recovered(): void {
    this.#attempt = 0;
    if (this.#state.status === 'retrying') this.#enter({ status: 'running', checkpoint: this.#checkpoint });
  }

  #moved(checkpoint: Position): void {
    this.#checkpoint = checkpoint;
    this.#options.progress.advanced(checkpoint);
  }

  #enter(state: ProjectionState): void {
    this.#state = state;
    this.#options.observer?.stateChanged?.(state);
  }
}

function asFailure(cause: unknown): ProjectionFailure {
  if (cause instanceof OwnershipLostError) return { kind: 'ownership', cause };
  if (!(cause instanceof EventNotAppliedError)) return { kind: 'target', cause };
  const { event, eventId, position } = cause.envelope;
  return { kind: 'apply', eventId, eventType: event.type, position, cause: cause.cause };
}
