import type { Summary } from '../comparison/compare.js';
import { isWithinLimit, type ScaleResult } from '../scale/scale-result.js';
import { markdownTable } from './markdown-table.js';
import type { BenchmarkResults, PhaseResult } from './results.js';

/** A generator that uses more of its core than this may have measured itself. */
const busyGenerator = 0.9;

/** Everything that was measured, as Markdown that reads well on a terminal. */
export function resultsText({ date, machine, method, phases, scale }: BenchmarkResults): string {
  const sections = [
    `${date.toISOString().slice(0, 10)}. ${method}\n\n${machine.map((line) => `- ${line}`).join('\n')}`,
    ...(phases.length > 0 ? [phaseTable(phases), ...phaseNotes(phases)] : []),
    ...(scale.length > 0 ? [scaleTable(scale)] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function phaseTable(results: readonly PhaseResult[]): string {
  const rates = ['product/s', 'bare/s', 'ratio', 'at least', 'aim', 'verdict'];
  const head = ['load', 'connections', ...rates, 'p50 ms', 'p99 ms', 'stray'];
  return markdownTable(head, results.map(phaseRow));
}

function phaseRow(result: PhaseResult): string[] {
  const { title, connections, floor, aim } = result.phase;
  const bounds = [floor?.toFixed(2) ?? '', aim.toFixed(2)];
  if ('failure' in result) return [title, String(connections), '', '', '', ...bounds, 'failed', '', '', ''];
  const { subject, reference, ratio } = result.comparison;
  const rates = [subject.rate, reference.rate].map((rate) => String(Math.round(rate)));
  const latencies = [0.5, 0.99].map((share) => subject.latency.quantile(share).toFixed(2));
  const judged = [ratio.toFixed(2), ...bounds, verdict(ratio, floor, aim)];
  const stray = `${Math.round(Math.max(strayOf(subject), strayOf(reference)) * 100)} %`;
  return [title, String(connections), ...rates, ...judged, ...latencies, stray];
}

/** How far the repetitions lie apart, as a share of their median. */
function strayOf({ fastest, slowest, rate }: Summary): number {
  return (fastest - slowest) / rate;
}

function verdict(ratio: number, floor: number | undefined, aim: number): string {
  if (ratio >= aim) return 'aim reached';
  if (floor === undefined) return '';
  return ratio >= floor ? 'enough' : 'too slow';
}

function phaseNotes(results: readonly PhaseResult[]): string[] {
  const notes = results.flatMap((result) => {
    const { title, connections } = result.phase;
    const name = `${title}, ${connections} connections`;
    if ('failure' in result) return [`- ${name} failed: ${result.failure}`];
    const { subject, reference } = result.comparison;
    const busiest = Math.max(subject.generatorShare, reference.generatorShare);
    const share = Math.round(busiest * 100);
    return busiest > busyGenerator ? [`- ${name}: the generator was ${share} % busy and may have set the pace`] : [];
  });
  return notes.length > 0 ? [notes.join('\n')] : [];
}

function scaleTable(results: readonly ScaleResult[]): string {
  const rows = results.map((result) => {
    const limit = `${result.isLeast ? 'at least' : 'at most'} ${result.limit} ${result.unit}`;
    const value = result.value.toFixed(result.value < 100 ? 2 : 0);
    return [result.title, `${value} ${result.unit}`, limit, isWithinLimit(result) ? 'kept' : 'broken', result.note];
  });
  return markdownTable(['size and time', 'measured', 'limit', 'verdict', 'seen'], rows);
}
