import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventIdTaken, EventStoreUnavailable, beforeFirstPosition } from '#event-store';
import { aliceStream, appendTo, bobStream, sampleEvent } from '#event-store/testing';
import { AppendTransaction } from './append-transaction.js';
import { encodeAppend } from './encoded-append.js';
import { EventTable } from './event-table.js';
import { type LogFile, openLogFile } from './open-log-file.js';
import { RecentEvents } from './recent-events.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

const large = 'x'.repeat(20_000);

describe('AppendTransaction', () => {
  let folder: TemporaryFolder;
  let file: LogFile;
  let events: EventTable;
  let transaction: AppendTransaction;

  beforeEach(() => {
    folder = temporaryFolder();
    file = openLogFile(folder.path('log.db'));
    events = new EventTable(file.database);
    transaction = new AppendTransaction(file, events, new RecentEvents(events.head()), { now: () => 1_234 });
  });
  afterEach(() => {
    file.close();
    folder.remove();
  });

  const storedIds = () => events.readAll(beforeFirstPosition, 100).map((event) => event.id);

  it('writes the others of a group where an index refuses one, in one transaction', () => {
    const [first, second, third] = [sampleEvent(), sampleEvent(), sampleEvent()];
    const group = [
      [encodeAppend(appendTo(aliceStream, 'no-stream', first))],
      [encodeAppend(appendTo(bobStream, 'no-stream', second)), encodeAppend(appendTo(aliceStream, 'no-stream', third))],
      [encodeAppend(appendTo(bobStream, 'no-stream', first))],
      [encodeAppend(appendTo(bobStream, 'no-stream', third))],
    ];
    const answers = transaction.run(group);
    expect(answers).toMatchObject([
      { outcome: 'appended', position: 1n },
      { outcome: 'conflict', stream: aliceStream },
      expect.any(EventIdTaken),
      { outcome: 'appended', position: 2n },
    ]);
    expect(storedIds()).toEqual([first.id, third.id]);
  });

  it('writes nothing of a group where the disk is full, and writes again when there is room', () => {
    const small = sampleEvent();
    transaction.run([[encodeAppend(appendTo(aliceStream, 'no-stream', small))]]);
    const { page_count: pages } = file.database.prepare('PRAGMA page_count').get() as { page_count: number };
    file.database.exec(`PRAGMA max_page_count = ${pages + 1}`);
    const other = sampleEvent();
    const group = [
      [encodeAppend(appendTo(bobStream, 'no-stream', other))],
      [encodeAppend(appendTo(aliceStream, 0, sampleEvent({ large })))],
    ];
    expect(() => transaction.run(group)).toThrow(EventStoreUnavailable);
    expect(() => transaction.run(group)).toThrow('database or disk is full');
    expect(storedIds()).toEqual([small.id]);

    file.database.exec(`PRAGMA max_page_count = ${pages + 1_000}`);
    expect(transaction.run(group)).toMatchObject([{ outcome: 'appended' }, { outcome: 'appended' }]);
    expect(storedIds()).toEqual([small.id, other.id, group[1]?.[0]?.events[0]?.id]);
  });

  /** A violation that is only found at the end of a transaction makes COMMIT itself fail. */
  const makeCommitsFail = () =>
    file.database.exec(`
      CREATE TEMP TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TEMP TABLE orphan (parent REFERENCES parent DEFERRABLE INITIALLY DEFERRED);
      CREATE TEMP TRIGGER failing AFTER INSERT ON main.events BEGIN INSERT INTO orphan VALUES (1); END`);

  it('does not know the outcome of a commit that fails, and writes the same events when asked again', () => {
    makeCommitsFail();
    const group = [[encodeAppend(appendTo(aliceStream, 'no-stream', sampleEvent()))]];
    expect(transaction.run(group)).toMatchObject([{ outcome: 'unknown' }]);
    expect(storedIds()).toEqual([]);

    file.database.exec('DROP TRIGGER temp.failing');
    expect(transaction.run(group)).toMatchObject([{ outcome: 'appended' }]);
    expect(storedIds()).toHaveLength(1);
  });

  it('says the same where the transaction cannot be rolled back either, and does that before the next one', () => {
    makeCommitsFail();
    const group = [[encodeAppend(appendTo(aliceStream, 'no-stream', sampleEvent()))]];
    let isBroken = true;
    const { database } = file;
    const exec = (sql: string) => {
      if (isBroken) throw new Error('disk I/O error');
      database.exec(sql);
    };
    const failing = new Proxy(database, {
      get: (target, key) => {
        if (key === 'exec') return exec;
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    transaction = new AppendTransaction({ ...file, database: failing }, events, new RecentEvents(events.head()), {
      now: () => 1_234,
    });
    expect(transaction.run(group)).toMatchObject([{ outcome: 'unknown' }]);
    expect(() => transaction.run(group)).toThrow(EventStoreUnavailable);

    isBroken = false;
    expect(transaction.run(group)).toMatchObject([{ outcome: 'unknown' }]);
    database.exec('DROP TRIGGER temp.failing');
    expect(transaction.run(group)).toMatchObject([{ outcome: 'appended' }]);
    expect(storedIds()).toHaveLength(1);
  });
});
