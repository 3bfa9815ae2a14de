import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aliceStream, givenStream } from '#event-store/testing';
import { LogFileRefused } from './log-file-refused.js';
import { openLogFile } from './open-log-file.js';
import { SqliteEventStore } from './sqlite-event-store.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

describe('openLogFile', () => {
  let folder: TemporaryFolder;
  let file: string;

  beforeEach(() => {
    folder = temporaryFolder();
    file = folder.path('log.db');
  });
  afterEach(() => folder.remove());

  async function givenLog(events = 300): Promise<void> {
    const store = SqliteEventStore.open({ file });
    await givenStream(store, aliceStream, events);
    await store.close();
  }

  function withDatabase(change: (database: DatabaseSync) => void): void {
    const database = new DatabaseSync(file);
    change(database);
    database.close();
  }

  function identityOf(path: string): string {
    const log = openLogFile(path);
    log.close();
    return log.identity;
  }

  /** As a process leaves it that is killed: with its newest events in the `-wal` alone. */
  async function givenLogOfKilledProcess(events = 300): Promise<void> {
    const other = folder.path('other.db');
    const store = SqliteEventStore.open({ file: other });
    await givenStream(store, aliceStream, events);
    for (const suffix of ['', '-wal']) copyFileSync(other + suffix, file + suffix);
    await store.close();
  }

  function refusal(trace?: string): LogFileRefused {
    try {
      openLogFile(file, trace).close();
    } catch (error) {
      if (error instanceof LogFileRefused) return error;
      throw error;
    }
    throw new Error('The file was opened');
  }

  it('keeps each commit on disk before it returns', () => {
    const log = openLogFile(file);
    expect(log.database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(log.database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    log.close();
  });

  it('makes a log that refuses to change or delete events, whoever opens it', async () => {
    await givenLog(2);
    withDatabase((database) => {
      expect(() => database.exec("UPDATE events SET data = '{}'")).toThrow('append-only: events are never changed');
      expect(() => database.exec('DELETE FROM events')).toThrow('append-only: events are never deleted');
      expect(database.prepare('SELECT count(*) AS events FROM events').get()).toEqual({ events: 2 });
    });
  });

  it('takes an empty database, as a crash while the log was made leaves it', () => {
    withDatabase((database) => database.exec('PRAGMA journal_mode = WAL'));
    const made = identityOf(file);
    expect(identityOf(file)).toBe(made);
  });

  it.each<readonly [string, () => void]>([
    ['missing', () => rmSync(file)],
    ['empty', () => truncateSync(file, 0)],
  ])('refuses a log that is %s beside its newest events, and leaves those alone', async (_, lose) => {
    await givenLogOfKilledProcess();
    lose();
    const tail = readFileSync(`${file}-wal`);
    expect(refusal()).toMatchObject({ code: 'missing', message: expect.stringContaining(`${file}-wal is there`) });
    expect(readFileSync(`${file}-wal`).equals(tail)).toBe(true);
    expect(existsSync(file) && statSync(file).size > 0).toBe(false);
  });

  it('refuses, instead of making one, a log that another file says there was', () => {
    expect(refusal('secrets.json')).toMatchObject({
      code: 'missing',
      message: expect.stringContaining('secrets.json'),
    });
    expect(existsSync(file)).toBe(false);
    withDatabase((database) => database.exec('PRAGMA journal_mode = WAL'));
    expect(refusal('secrets.json')).toMatchObject({ code: 'missing' });
    openLogFile(file).close();
    openLogFile(file, 'secrets.json').close();
  });

  it('leaves the newest events of a log that it refuses where they are', async () => {
    await givenLogOfKilledProcess();
    withDatabase((database) => {
      database.exec('DROP INDEX events_by_id');
      for (const suffix of ['', '-wal']) copyFileSync(file + suffix, folder.path('damaged.db') + suffix);
    });
    file = folder.path('damaged.db');
    const tail = readFileSync(`${file}-wal`);
    expect(refusal()).toMatchObject({ code: 'damaged' });
    expect(readFileSync(`${file}-wal`).equals(tail)).toBe(true);
  });

  it('gives a log an identity that stays, and another log another', () => {
    const identities = [file, file, folder.path('other.db')].map(identityOf);
    expect(identities[1]).toBe(identities[0]);
    expect(identities[2]).not.toBe(identities[0]);
  });

  it('refuses a file that is not a database, and leaves it alone', () => {
    const text = 'Dear diary, '.repeat(1_000);
    writeFileSync(file, text);
    expect(refusal()).toMatchObject({ code: 'foreign', message: expect.stringContaining('not a database') });
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('refuses the database of another program, and leaves it alone', () => {
    withDatabase((database) => database.exec('CREATE TABLE recipes (name TEXT)'));
    const before = readFileSync(file);
    expect(refusal()).toMatchObject({ code: 'foreign', message: expect.stringContaining('a file of its own') });
    expect(readFileSync(file)).toEqual(before);
  });

  it('refuses a log of a later version', async () => {
    await givenLog(1);
    withDatabase((database) => database.exec('PRAGMA user_version = 2'));
    expect(refusal()).toMatchObject({ code: 'newer-format', message: expect.stringContaining('format 2') });
  });

  it.each([
    'DROP TRIGGER events_are_never_deleted',
    'DROP INDEX events_by_id',
    'ALTER TABLE events ADD COLUMN note TEXT',
    'DELETE FROM log_identity',
  ])('refuses a log that somebody changed with %s', async (statement) => {
    await givenLog(1);
    withDatabase((database) => database.exec(statement));
    expect(refusal()).toMatchObject({ code: 'damaged' });
  });

  it('refuses a log that has lost its last events', async () => {
    await givenLog(5);
    withDatabase((database) => {
      const sql = "SELECT sql FROM sqlite_schema WHERE name = 'events_are_never_deleted'";
      const trigger = database.prepare(sql).get() as { sql: string };
      database.exec('DROP TRIGGER events_are_never_deleted; DELETE FROM events WHERE position = 5');
      database.exec(trigger.sql);
    });
    expect(refusal()).toMatchObject({ code: 'damaged', message: expect.stringContaining('newest events') });
  });

  it('refuses a log that was cut short', async () => {
    await givenLog();
    truncateSync(file, Math.floor(statSync(file).size / 2));
    expect(refusal()).toMatchObject({ code: 'damaged', message: expect.stringContaining('backup') });
  });

  it('refuses a log whose end was overwritten', async () => {
    await givenLog();
    const { size } = statSync(file);
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(size / 2, 0xff), 0, size / 2, size / 2);
    closeSync(handle);
    expect(refusal()).toMatchObject({ code: 'damaged' });
  });

  it('refuses a second writer, by whatever path, until the first one has closed', () => {
    const first = openLogFile(file);
    const link = folder.path('link.db');
    symlinkSync(file, link);
    for (const path of [file, link]) {
      expect(() => openLogFile(path)).toThrow(expect.objectContaining({ code: 'in-use', file }));
    }
    first.close();
    openLogFile(link).close();
  });

  it('lets others read while a store has it open', async () => {
    const store = SqliteEventStore.open({ file });
    await givenStream(store, aliceStream, 3);
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare('SELECT count(*) AS events FROM events').get()).toEqual({ events: 3 });
    reader.close();
    await store.close();
  });
});
