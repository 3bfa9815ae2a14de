import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { inspectLog } from './log-inspection.js';
import { createLog, identityOf } from './log-schema.js';
import { isMissingOrEmpty, lostLog, writeAheadLog } from './lost-log.js';
import { acquireWriterLock } from './writer-lock.js';

export interface LogFile {
  readonly database: DatabaseSync;
  /** See `SqliteEventStore.identity`. */
  readonly identity: string;
  /** To be asked in each transaction that writes. @throws Error where another process may write to the log as well. */
  assertOnlyWriter(): void;
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
 * A writer that has lost its lock hears of it in its next transaction. One that is under way now ends before the log is
 * read here.
 */
const endOfOthersTransaction = 'BEGIN IMMEDIATE; ROLLBACK';

/**
 * Opens a log for writing, and makes an empty one where there is none yet. Its folder has to exist.
 *
 * @param trace a file or folder that is there only where there was a log; none is made then.
 * @throws LogFileRefused
 */
export function openLogFile(file: string, trace?: string): LogFile {
  refuseLostLog(file, trace);
  const database = new DatabaseSync(file, { timeout: busyTimeoutMs });
  // SQLite has resolved links by now, so that one log has one lock whatever path it is opened by.
  const path = database.location() ?? file;
  const closing: (() => void)[] = [() => database.close()];
  const close = () => closing.forEach((step) => step());
  try {
    const lock = acquireWriterLock(path);
    closing.push(() => lock.release());
    const content = inspectUntouched(database, path);
    if (content === 'empty' && trace !== undefined) throw lostLog(path, trace);
    database.exec(durability);
    if (content === 'empty') createLog(database);
    database.exec(endOfOthersTransaction);
    const identity = identityOf(database) as string;
    return { database, identity, assertOnlyWriter: () => lock.assertHeld(), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** A crash while the log is made leaves no `-wal` beside an empty file: its first page is on disk before there is one. */
function refuseLostLog(file: string, trace: string | undefined): void {
  // Asked for first: another process may be making the log.
  const tail = writeAheadLog(file);
  const found = existsSync(tail) ? tail : trace;
  if (found !== undefined && isMissingOrEmpty(file)) throw lostLog(file, found);
}

/** Closing a connection that may write moves the `-wal` into the file and deletes it, also of a file that is refused. */
function inspectUntouched(database: DatabaseSync, file: string): 'empty' | 'log' {
  if (!existsSync(writeAheadLog(file))) return inspectLog(database, file);
  const reading = new DatabaseSync(file, { readOnly: true, timeout: busyTimeoutMs });
  try {
    return inspectLog(reading, file);
  } finally {
    reading.close();
  }
}
