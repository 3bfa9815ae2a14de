import { SqlStoreError } from '../sql/sql-connection.js';

/** Primary result codes of SQLite: busy, locked, I/O error, full, cannot open. */
const away = new Set([5, 6, 10, 13, 14]);
/** Corrupt, not a database. */
const damaged = new Set([11, 26]);

/** What an error of `node:sqlite` says about the file. An extended code has the primary one in its lowest byte. */
export function storeError(error: unknown): SqlStoreError {
  if (error instanceof SqlStoreError) return error;
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined;
  if (code !== undefined && away.has(code)) return new SqlStoreError('away', error);
  return new SqlStoreError(code !== undefined && damaged.has(code) ? 'damaged' : 'broken', error);
}

export function isAway(error: unknown): error is SqlStoreError {
  return error instanceof SqlStoreError && error.condition === 'away';
}
