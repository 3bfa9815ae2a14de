import type { Comparison } from '../comparison/compare.js';
import { isWithinLimit, type ScaleResult } from '../scale/scale-result.js';
import { markdownTable } from './markdown-table.js';
import { missedBounds, saidOfMissed } from './missed-bounds.js';
import type { BenchmarkResults, PhaseResult } from './results.js';

/** A generator that uses more of its core than this may have measured itself. */
const busyGenerator = 0.9;
/** A bare server that uses less of its core than this was held up by something else. */
const busyServer = 0.8;
/** Answers whose sizes differ by more than this cost differently to send. */
const mostDifferentAnswers = 1.1;

/** Everything that was measured, as Markdown that reads well on a terminal. */
export function resultsText({ date, machine, method, took, phases, scale }: BenchmarkResults): string {
  const sections = [
    `${date.toISOString().slice(0, 10)}. ${method} ${took}\n\n${machine.map((line) => `- ${line}`).join('\n')}`,
    saidOfMissed(missedBounds({ phases, scale })),
    ...(phases.length > 0 ? [phaseTable(phases), ...phaseNotes(phases)] : []),
    ...(scale.length > 0 ? [scaleTable(scale)] : []),
  ];
  return `${sections.join('\n\n')}\n`;
}

function phaseTable(results: readonly PhaseResult[]): string {
  const judged = ['ratio', 'least to greatest', 'at least', 'aim', 'verdict', 'by CPU time'];
  const head = ['load', 'connections', 'product/s', 'bare/s', ...judged, 'p50 ms', 'p99 ms'];
  return markdownTable(head, results.map(phaseRow));
}

function phaseRow(result: PhaseResult): string[] {
  const { title, connections, floor, aim } = result.phase;
  const bounds = [floor?.toFixed(2) ?? '', aim.toFixed(2)];
  if ('failure' in result) return [title, String(connections), '', '', '', '', ...bounds, 'failed', '', '', ''];
  const { subject, reference, ratio, leastRatio, greatestRatio, costRatio } = result.comparison;
  const rates = [subject.rate, reference.rate].map((rate) => String(Math.round(rate)));
  const latencies = [0.5, 0.99].map((share) => subject.latency.quantile(share).toFixed(2));
  const ratios = [ratio.toFixed(2), `${leastRatio.toFixed(2)} to ${greatestRatio.toFixed(2)}`];
  const judged = [...ratios, ...bounds, verdict(ratio, floor, aim), costRatio?.toFixed(2) ?? ''];
  return [title, String(connections), ...rates, ...judged, ...latencies];
}

function verdict(ratio: number, floor: number | undefined, aim: number): string {
  if (ratio >= aim) return 'aim reached';
  if (floor === undefined) return '';
  return ratio >= floor ? 'enough' : 'too slow';
}

function phaseNotes(results: readonly PhaseResult[]): string[] {
  const notes = results.flatMap((result) => {
    const name = `${result.phase.title}, ${result.phase.connections} connections`;
    if ('failure' in result) return [`- ${name} failed: ${result.failure}`];
    return doubts(result.comparison).map((doubt) => `- ${name}: ${doubt}`);
  });
  return notes.length > 0 ? [notes.join('\n')] : [];
}

/** Why a ratio may not be what it seems. */
function doubts({ subject, reference }: Comparison): string[] {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const found: string[] = [];
  const busiest = Math.max(subject.generatorShare, reference.generatorShare);
  if (busiest > busyGenerator) found.push(`the generator was ${percent(busiest)} busy and may have set the pace`);
  const sizes = [subject.answerBytes, reference.answerBytes];
  if (Math.max(...sizes) > mostDifferentAnswers * Math.min(...sizes)) {
    const [product = 0, bare = 0] = sizes.map(Math.round);
    found.push(`the product answered ${product} bytes on the average, the bare server ${bare}`);
  }
  const { serverShare: bareShare = 1 } = reference;
  if (bareShare < busyServer) found.push(`the bare server was only ${percent(bareShare)} busy: the ratio is too good`);
  return found;
}

function scaleTable(results: readonly ScaleResult[]): string {
  const rows = results.map((result) => {
    if ('failure' in result) return [result.title, '', '', 'failed', result.failure];
    const limit = `${result.isLeast ? 'at least' : 'at most'} ${result.limit} ${result.unit}`;
    const value = result.value.toFixed(result.value < 100 ? 2 : 0);
    return [result.title, `${value} ${result.unit}`, limit, isWithinLimit(result) ? 'kept' : 'broken', result.note];
  });
  return markdownTable(['size and time', 'measured', 'limit', 'verdict', 'seen'], rows);
}
