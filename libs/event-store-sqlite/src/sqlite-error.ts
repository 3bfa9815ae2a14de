/** Primary result codes of SQLite (sqlite.org/rescode.html); the low byte of the extended code an error carries. */
export const sqliteBusy = 5;
export const sqliteReadOnly = 8;
export const sqliteCorrupt = 11;
export const sqliteFull = 13;
export const sqliteConstraint = 19;
export const sqliteNotADatabase = 26;

/** @returns the primary result code of an error thrown by `node:sqlite`, undefined for any other. */
export function sqliteResultCode(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
