import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LogFileRefused } from './log-file-refused.js';
import { sqliteBusy, sqliteReadOnly, sqliteResultCode } from './sqlite-error.js';

export interface WriterLock {
  /** @throws Error where its file is no longer at its path: somebody else may hold the lock on the one that is there now. */
  assertHeld(): void;
  release(): void;
}

/** How long to wait for those who only look whether somebody writes (`hasWriter`), which takes microseconds. */
const busyTimeoutMs = 250;

/**
 * Makes this store the only writer of a log until it releases the lock or its process ends, however it ends: the lock is
 * an exclusive transaction on an empty database beside the log, so the operating system holds it for the process. It is
 * not on the log itself because others may read that at any time.
 *
 * The lock file stays behind; where it is removed nevertheless, two writers could hold locks on two files of one name, so
 * a holder has to ask `assertHeld` in each transaction. It protects as far as the file system's locks do, so not on a
 * network share without them.
 *
 * @throws LogFileRefused `in-use` or `not-lockable`
 */
export function acquireWriterLock(logFile: string): WriterLock {
  const file = lockFile(logFile);
  const lock = new DatabaseSync(file, { timeout: busyTimeoutMs });
  try {
    // On a file that may only be read SQLite begins a transaction that reads, and says so at the first write. This one is
    // never committed.
    lock.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE; PRAGMA user_version = 1');
  } catch (cause) {
    lock.close();
    throw refusalOf(cause, logFile);
  }
  const locked = fileAt(file);
  return {
    assertHeld: () => {
      if (fileAt(file) === locked) return;
      throw new Error(`${file} was removed or replaced, so another process may write as well: restart this one`);
    },
    release: () => lock.close(),
  };
}

/** As long as somebody has a file open, no other one gets its number. */
function fileAt(path: string): string | undefined {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found && `${found.dev}:${found.ino}`;
}

function refusalOf(cause: unknown, logFile: string): unknown {
  switch (sqliteResultCode(cause)) {
    case sqliteBusy: {
      const message =
        'another process writes to this event log, or this one opened it twice. Stop the other, or use another file';
      return new LogFileRefused('in-use', logFile, message, { cause });
    }
    case sqliteReadOnly: {
      const message =
        `this user may not write to ${lockFile(logFile)}, so nothing would keep a second process off. ` +
        'Give it to this user, or start as the user it belongs to';
      return new LogFileRefused('not-lockable', logFile, message, { cause });
    }
    default:
      return cause;
  }
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
