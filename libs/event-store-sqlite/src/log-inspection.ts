import type { DatabaseSync } from 'node:sqlite';
import { LogFileRefused } from './log-file-refused.js';
import { alteredDefinitions, applicationId, formatVersion, identityOf } from './log-schema.js';
import { sqliteCorrupt, sqliteNotADatabase, sqliteResultCode } from './sqlite-error.js';

/** How many of the newest events are looked at: those are the pages an interrupted write or a cut file would hit. */
const tailLength = 256;

/**
 * Newest events that are unreadable, that an index does not know, or that do not follow their stream's event before
 * them; and a last position that is not the last one ever given.
 */
const tailDamage = `
WITH tail AS (SELECT * FROM events ORDER BY position DESC LIMIT ${tailLength})
SELECT
  (SELECT count(*) FROM tail
    WHERE NOT json_valid(tail.data) OR NOT json_valid(tail.metadata)
      OR NOT EXISTS (SELECT 1 FROM events AS same WHERE same.id = tail.id AND same.position = tail.position)
      OR (tail.revision > 0 AND NOT EXISTS (
        SELECT 1 FROM events AS before
        WHERE before.stream = tail.stream AND before.revision = tail.revision - 1 AND before.position < tail.position)))
  + ((SELECT coalesce(max(position), 0) FROM events)
    <> (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events')) AS damage`;

/**
 * Finds out whether a file may be used as a log, in a time that does not depend on its size: whose it is, whether its
 * definitions are untouched, whether it is as long as it says (SQLite refuses a shorter one by itself) and whether its
 * newest events hold together. Damage in the middle of a file is found by `PRAGMA integrity_check`, which reads all of
 * it and belongs into a maintenance window.
 *
 * @throws LogFileRefused `foreign`, `newer-format` or `damaged`
 */
export function inspectLog(database: DatabaseSync, file: string): 'empty' | 'log' {
  try {
    if (numberOf(database, 'PRAGMA application_id') !== applicationId) {
      if (numberOf(database, 'SELECT count(*) FROM sqlite_schema') === 0) return 'empty';
      throw new LogFileRefused('foreign', file, 'belongs to another program. Give the event log a file of its own');
    }
    const version = numberOf(database, 'PRAGMA user_version');
    if (version > formatVersion) {
      const message = `has format ${version}, this version knows up to ${formatVersion}. Start the version that wrote it`;
      throw new LogFileRefused('newer-format', file, message);
    }
    const altered = alteredDefinitions(database);
    if (altered.length > 0) throw damaged(file, `${altered.join(', ')} missing or changed`);
    if (identityOf(database) === undefined) throw damaged(file, 'its identity is missing');
    if (numberOf(database, tailDamage) > 0) throw damaged(file, 'its newest events do not hold together');
    return 'log';
  } catch (cause) {
    const code = sqliteResultCode(cause);
    if (code === sqliteNotADatabase) {
      const message = 'is not a database. Give the event log a file of its own, or restore it from a backup';
      throw new LogFileRefused('foreign', file, message, { cause });
    }
    if (code === sqliteCorrupt) throw damaged(file, 'the database cannot be read', cause);
    throw cause;
  }
}

function damaged(file: string, what: string, cause?: unknown): LogFileRefused {
  const message = `is damaged (${what}). Keep a copy of it and of the files beside it, and restore it from a backup`;
  return new LogFileRefused('damaged', file, message, { cause });
}

/** The only column of the only row a statement yields. */
function numberOf(database: DatabaseSync, sql: string): number {
  const [value] = Object.values(database.prepare(sql).get() ?? {});
  return Number(value);
}
