import { EventStoreDamaged, EventStoreUnavailable } from '#event-store';
import { sqliteCorrupt, sqliteNotADatabase, sqliteResultCode } from './sqlite-error.js';

/** What a read is answered with that SQLite could not do; what is no error of SQLite's stays as it is. */
export function logUnreadable(cause: unknown): unknown {
  const code = sqliteResultCode(cause);
  if (code === undefined) return cause;
  const isDamaged = code === sqliteCorrupt || code === sqliteNotADatabase;
  const message = `The event log cannot be read (${String(cause)})`;
  return isDamaged ? new EventStoreDamaged(message, { cause }) : new EventStoreUnavailable(message, { cause });
}
