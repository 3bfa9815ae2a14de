import { markdownTable } from '../../../apps/benchmark/src/report/markdown-table.js';
import { missedLimits, saidOfMissed } from '../../../apps/benchmark/src/report/missed-bounds.js';
import { isWithinLimit } from '../../../apps/benchmark/src/scale/scale-result.js';
import type { Report, Result } from './result.js';

const head = ['', 'measured', 'limit', 'verdict', 'bare engine', 'ratio', 'seen'];

/** Everything that was measured, as Markdown that reads well on a terminal. */
export function reportText({ date, machine, method, results }: Report): string {
  const about = `${date.toISOString().slice(0, 10)}. ${method}\n\n${machine.map((line) => `- ${line}`).join('\n')}`;
  return `${about}\n\n${saidOfMissed(missedLimits(results))}\n\n${markdownTable(head, results.map(row))}\n`;
}

function row(result: Result): string[] {
  if ('failure' in result) return [result.title, '', '', 'failed', '', '', result.failure];
  const { title, value, unit, limit, isLeast, bare, ratio, note } = result;
  const figure = (number: number) => `${number.toFixed(unit === 'ms' ? 2 : 0)} ${unit}`;
  const bound = `${isLeast ? 'at least' : 'at most'} ${limit} ${unit}`;
  const comparison = [bare === undefined ? '' : figure(bare), ratio?.toFixed(2) ?? ''];
  return [title, figure(value), bound, isWithinLimit(result) ? 'kept' : 'broken', ...comparison, note];
}
