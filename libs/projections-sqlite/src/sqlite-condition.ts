/** `away`: trying again may help. `damaged`: the rows cannot be trusted. `broken`: anything else, e.g. a bug. */
export type SqliteCondition = 'away' | 'damaged' | 'broken';

/** Primary result codes (sqlite.org/rescode.html): busy, locked, I/O error, full, cannot open. */
const away: ReadonlySet<number> = new Set([5, 6, 10, 13, 14]);
/** Corrupt, not a database. */
const damaged: ReadonlySet<number> = new Set([11, 26]);

/** What an error of `node:sqlite` says about the file. */
export function conditionOf(error: unknown): SqliteCondition {
  const { errcode } = Object(error) as { readonly errcode?: unknown };
  if (typeof errcode !== 'number') return 'broken';
  // An extended code has the primary one in its lowest byte.
  const code = errcode & 0xff;
  if (away.has(code)) return 'away';
  return damaged.has(code) ? 'damaged' : 'broken';
}
