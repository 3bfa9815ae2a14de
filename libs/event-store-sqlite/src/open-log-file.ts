import { DatabaseSync } from 'node:sqlite';
import { inspectLog } from './log-inspection.js';
import { createLog, identityOf } from './log-schema.js';
import { acquireWriterLock } from './writer-lock.js';

export interface LogFile {
  readonly database: DatabaseSync;
  /** See `SqliteEventStore.identity`. */
  readonly identity: string;
  close(): void;
}

/** How long to wait for a reader in another process that recovers the write-ahead log while this one opens the file. */
const busyTimeoutMs = 1_000;

/**
 * FULL: a commit is on disk when it returns; NORMAL would lose the last ones to a power failure. Without `fullfsync`
 * macOS leaves them in the drive's cache; elsewhere it does nothing.
 */
const durability = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON';

/**
 * Opens a log for writing, and makes an empty one where there is no file. Its folder has to exist.
 *
 * @throws LogFileRefused
 */
export function openLogFile(file: string): LogFile {
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  // SQLite has resolved links by now, so that one log has one lock whatever path it is opened by.
  const path = database.location() ?? file;
  const closing: (() => void)[] = [() => database.close()];
  const close = () => closing.forEach((step) => step());
  try {
    const lock = acquireWriterLock(path);
    closing.push(() => lock.release());
    const content = inspectLog(database, path);
    database.exec(durability);
    if (content === 'empty') createLog(database);
    return { database, identity: identityOf(database) as string, close };
  } catch (error) {
    close();
    throw error;
  }
}
