import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LogFileRefused } from './log-file-refused.js';
import { sqliteBusy, sqliteResultCode } from './sqlite-error.js';

export interface WriterLock {
  release(): void;
}

/** How long to wait for those who only look whether somebody writes (`hasWriter`), which takes microseconds. */
const busyTimeoutMs = 250;

/**
 * Makes this store the only writer of a log until it releases the lock or its process ends, however it ends: the lock is
 * an exclusive transaction on an empty database beside the log, so the operating system holds it for the process. It is
 * not on the log itself because others may read that at any time.
 *
 * The lock file stays behind; removing it would let two writers hold locks on two files of one name. It protects as far
 * as the file system's locks do, so not on a network share without them.
 *
 * @throws LogFileRefused `in-use`
 */
export function acquireWriterLock(logFile: string): WriterLock {
  const lock = new DatabaseSync(lockFile(logFile), { timeout: busyTimeoutMs });
  try {
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    if (sqliteResultCode(cause) !== sqliteBusy) throw cause;
    const message =
      'another process writes to this event log, or this one opened it twice. Stop the other, or use another file';
    throw new LogFileRefused('in-use', logFile, message, { cause });
  }
  return { release: () => lock.close() };
}

/** Whether a store writes to the log at this moment, in whatever process. */
export function hasWriter(logFile: string): boolean {
  if (!existsSync(lockFile(logFile))) return false;
  const lock = new DatabaseSync(lockFile(logFile), { readOnly: true });
  try {
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (cause) {
    if (sqliteResultCode(cause) !== sqliteBusy) throw cause;
    return true;
  } finally {
    lock.close();
  }
}

function lockFile(logFile: string): string {
  return `${logFile}.lock`;
}
