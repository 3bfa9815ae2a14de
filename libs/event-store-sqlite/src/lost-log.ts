import { existsSync, realpathSync, statSync } from 'node:fs';
import { LogFileRefused } from './log-file-refused.js';

/**
 * Whether there is nothing that SQLite could read. Asked before SQLite opens the file: that makes it, and deletes what a
 * `-wal` beside an empty file still has.
 */
export function isMissingOrEmpty(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found === undefined || (found.isFile() && found.size === 0);
}

/** Where SQLite keeps what was committed last, beside the file that a link leads to. */
export function writeAheadLog(file: string): string {
  return `${existsSync(file) ? realpathSync(file) : file}-wal`;
}

/** @param trace a file or folder that is there only where there was a log. */
export function lostLog(file: string, trace: string): LogFileRefused {
  const message =
    `is missing or empty, but ${trace} is there, which comes after it. Put the log back, with its -wal file if it has one, ` +
    'or restore it from a backup into an empty folder; a new log needs an empty folder, too';
  return new LogFileRefused('missing', file, message);
}
