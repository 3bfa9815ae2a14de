import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** `PRAGMA application_id` of an event log: "ScLg". */
export const applicationId = 0x53634c67;

/** `PRAGMA user_version`: raised with every change to the statements below. */
export const formatVersion = 1;

/**
 * AUTOINCREMENT so that a position is never given twice. The triggers hold whoever opens the file, by hand as well: the
 * log only ever grows.
 */
const definitions: Readonly<Record<string, string>> = {
  events: `CREATE TABLE events (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  stream TEXT NOT NULL,
  revision INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  data TEXT NOT NULL,
  metadata TEXT NOT NULL,
  recorded_at INTEGER NOT NULL
) STRICT`,
  log_identity: `CREATE TABLE log_identity (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  identity TEXT NOT NULL
) STRICT`,
  events_by_revision: 'CREATE UNIQUE INDEX events_by_revision ON events (stream, revision)',
  events_by_id: 'CREATE UNIQUE INDEX events_by_id ON events (id)',
  events_are_never_changed: `CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
BEGIN SELECT RAISE(ABORT, 'the event log is append-only: events are never changed'); END`,
  events_are_never_deleted: `CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
BEGIN SELECT RAISE(ABORT, 'the event log is append-only: events are never deleted'); END`,
};

/** Turns an empty database into an empty log with an identity of its own, in one transaction: a crash leaves either. */
export function createLog(database: DatabaseSync): void {
  database.exec(`BEGIN IMMEDIATE;
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${formatVersion};
${Object.values(definitions).join(';\n')};
INSERT INTO log_identity VALUES (1, '${randomUUID()}');
COMMIT`);
}

/** @returns undefined where the log has lost it. */
export function identityOf(database: DatabaseSync): string | undefined {
  const row = database.prepare('SELECT identity FROM log_identity').get();
  return row?.['identity'] as string | undefined;
}

/** @returns the names of tables, indexes and triggers that are missing or not as `createLog` made them. */
export function alteredDefinitions(database: DatabaseSync): readonly string[] {
  const rows = database.prepare('SELECT name, sql FROM sqlite_schema').all();
  const found = new Map(rows.map(({ name, sql }) => [name, sql]));
  return Object.entries(definitions).flatMap(([name, sql]) => (found.get(name) === sql ? [] : [name]));
}
