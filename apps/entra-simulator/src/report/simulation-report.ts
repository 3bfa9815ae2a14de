import { type FailureGroup } from '../client/failure-log.js';
import { type PhaseRecord, type RunRecord } from '../client/phase-record.js';
import { type Comparison } from '../expectation/compare-with-server.js';

export interface PhaseSummary {
  readonly phase: string;
  readonly requests: number;
  readonly failures: number;
  readonly retries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly requestsPerSecond: number;
}

/** What came of a run. Everything in it can be written as JSON; it holds no secret. */
export interface SimulationReport {
  /** Why Test Connection failed; then nothing else was tried. */
  readonly connectionProblem: string | undefined;
  readonly phases: readonly PhaseSummary[];
  readonly total: PhaseSummary;
  readonly failures: readonly FailureGroup[];
  /** Undefined where the connection failed. */
  readonly comparison: Comparison | undefined;
  /** No failure at all, and the server holds exactly what it acknowledged. */
  readonly clean: boolean;
}

export function reportOf(
  record: RunRecord,
  durationMs: number,
  outcome: { readonly connectionProblem?: string; readonly comparison?: Comparison },
): SimulationReport {
  const phases = record.phases.map((phase) => summarise(phase.name, [phase], phase.durationMs));
  const total = summarise('total', record.phases, durationMs);
  const { connectionProblem, comparison } = outcome;
  return {
    connectionProblem,
    phases,
    total,
    failures: record.failureLog.groups,
    comparison,
    clean: total.failures === 0 && comparison?.differenceCount === 0,
  };
}

function summarise(phase: string, records: readonly PhaseRecord[], durationMs: number): PhaseSummary {
  const latencies = Float64Array.from(records.flatMap((record) => record.latenciesMs)).sort();
  const sum = (count: (record: PhaseRecord) => number) => records.reduce((total, record) => total + count(record), 0);
  return {
    phase,
    requests: latencies.length,
    failures: sum((record) => record.failures),
    retries: sum((record) => record.retries),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    requestsPerSecond: durationMs > 0 ? (latencies.length * 1000) / durationMs : 0,
  };
}

/** Nearest-rank percentile of ascending values; 0 where there are none. */
export function percentile(ascending: ArrayLike<number>, share: number): number {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)] ?? 0;
}
