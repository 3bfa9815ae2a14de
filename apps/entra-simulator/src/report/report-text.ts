import { type FailureGroup } from '../client/failure-log.js';
import { type Comparison } from '../expectation/compare-with-server.js';
import { type PhaseSummary, type SimulationReport } from './simulation-report.js';
import { textTable } from './text-table.js';

const differencesShown = 20;

/** The whole report as an operator reads it at the end of a run. */
export function reportText(report: SimulationReport): string {
  const sections = [phaseTable([...report.phases, report.total])];
  if (report.connectionProblem !== undefined) sections.push(`Test Connection failed.\n${report.connectionProblem}`);
  if (report.failures.length > 0) sections.push(failureText(report.failures, report.total.failures));
  if (report.comparison !== undefined) sections.push(comparisonText(report.comparison));
  return `${sections.join('\n\n')}\n`;
}

function phaseTable(phases: readonly PhaseSummary[]): string {
  const header = ['phase', 'requests', 'failures', 'retries', 'p50 ms', 'p99 ms', 'requests/s'];
  const rows = phases.map((phase) => [
    phase.phase,
    String(phase.requests),
    String(phase.failures),
    String(phase.retries),
    phase.p50Ms.toFixed(1),
    phase.p99Ms.toFixed(1),
    phase.requestsPerSecond.toFixed(0),
  ]);
  return textTable([header, ...rows]);
}

function failureText(failures: readonly FailureGroup[], count: number): string {
  const lines = failures.flatMap(({ method, route, status, count: times, examples }) => [
    `${times} x ${method} ${route} ${status ?? 'no answer'}`,
    ...examples.map(({ path, words }) => `    ${path}\n      ${words}`),
  ]);
  return [`Failures: ${count}`, ...lines].join('\n');
}

function comparisonText(comparison: Comparison): string {
  const { users, groups, memberships, deleted, differenceCount, differences } = comparison;
  const extent = `${users} users, ${groups} groups, ${memberships} memberships and ${deleted} deletions`;
  if (differenceCount === 0) return `Comparison: the server holds what was sent (${extent}).`;
  const shown = differences.slice(0, differencesShown);
  const rest = differenceCount - shown.length;
  return [
    `Comparison: the server differs from what was sent (${extent}). Differences: ${differenceCount}`,
    ...shown.map(({ resource, what, expected, actual }) => `  ${resource} ${what}: expected ${expected}, is ${actual}`),
    ...(rest > 0 ? [`  ... and ${rest} more`] : []),
  ].join('\n');
}
