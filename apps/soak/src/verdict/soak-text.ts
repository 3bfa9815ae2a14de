import { markdownTable } from '../../../benchmark/src/report/markdown-table.js';
import type { Verdict } from './judge.js';

/** The verdicts as a table that reads well on a terminal. */
export function soakText(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(({ bound, value, kept, seen }) => {
    const { title, limit, unit, isLeast = false } = bound;
    const measured = unit === '' ? String(value) : `${value.toFixed(2)} ${unit}`;
    const bounded = `${isLeast ? 'at least' : 'at most'} ${limit} ${unit}`.trimEnd();
    return [title, measured, bounded, kept ? 'kept' : 'BROKEN', seen];
  });
  const table = markdownTable(['what', 'measured', 'bound', 'verdict', 'seen'], rows);
  const broken = verdicts.filter(({ kept }) => !kept).map(({ bound }) => bound.title);
  const outcome = broken.length === 0 ? 'Every bound was kept.' : `Broken: ${broken.join(', ')}.`;
  return `${table}\n\n${outcome}\n`;
}
