import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '#kernel';
import { beforeFirstPosition, type Position, type Revision } from '#event-store';
import { aliceStream, bobStream, appendTo, sampleEvent } from '#event-store/testing';
import { AppendTransaction } from './append-transaction.js';
import { encodeAppend } from './encoded-append.js';
import { EventTable } from './event-table.js';
import { type LogFile, openLogFile } from './open-log-file.js';
import { RecentEvents } from './recent-events.js';
import { type TemporaryFolder, temporaryFolder } from './testing/temporary-folder.js';

/** Values that JSON text does not keep as they are among them. */
const data = fc.dictionary(
  fc.string({ unit: 'binary' }),
  fc.anything({ withDate: true, withNullPrototype: true, maxDepth: 2 }),
);
const commits = fc.array(fc.array(fc.record({ data, toAlice: fc.boolean() }), { maxLength: 4 }), { maxLength: 8 });

describe('RecentEvents', () => {
  let folder: TemporaryFolder;
  let file: LogFile;
  let events: EventTable;

  beforeEach(() => {
    folder = temporaryFolder();
    file = openLogFile(folder.path('log.db'));
    events = new EventTable(file.database);
  });
  afterEach(() => {
    file.close();
    folder.remove();
  });

  const log = (recent: RecentEvents) => {
    const transaction = new AppendTransaction(file, events, recent, { now: () => 1_234 });
    return (stream: typeof aliceStream, ...all: readonly JsonObject[]) => {
      const expected = events.lastRevision(stream);
      return transaction.run([[encodeAppend(appendTo(stream, expected, ...all.map(sampleEvent)))]]);
    };
  };

  it('give what the file gives, or nothing', () => {
    let answers = 0;
    const property = fc.property(commits, fc.integer({ min: 1, max: 12 }), fc.nat(4), (history, capacity, limit) => {
      const start = events.head();
      const recent = new RecentEvents(start, { events: capacity, characters: 400 });
      const append = log(recent);
      for (const commit of history) {
        const parts = [aliceStream, bobStream].map((stream) => ({
          stream,
          all: commit.filter(({ toAlice }) => toAlice === (stream === aliceStream)),
        }));
        for (const { stream, all } of parts) append(stream, ...all.map((one) => one.data as JsonObject));
        const head = events.head();
        for (let position = start; position <= head + 1n; position = (position + 1n) as Position) {
          const answer = recent.after(position, limit);
          if (answer === undefined) continue;
          answers++;
          expect(answer).toStrictEqual(events.readAll(position, limit));
        }
      }
    });
    fc.assert(property, { numRuns: 60 });
    expect(answers).toBeGreaterThan(100);
  });

  it('say that they do not know what was in the log before', () => {
    log(new RecentEvents(beforeFirstPosition))(aliceStream, {}, {});
    const recent = new RecentEvents(events.head());
    expect(recent.after(1n as Position, 10)).toBeUndefined();
    expect(recent.after(2n as Position, 10)).toEqual([]);
  });

  it('forget the oldest where they become too many or too large', () => {
    const recent = new RecentEvents(beforeFirstPosition, { events: 4, characters: 1_000 });
    const append = log(recent);
    append(aliceStream, {}, {}, {}, {});
    expect(recent.after(beforeFirstPosition, 10)).toHaveLength(4);
    append(aliceStream, {});
    expect(recent.after(2n as Position, 10)).toBeUndefined();
    expect(recent.after(3n as Position, 10)).toHaveLength(2);
    append(aliceStream, { large: 'x'.repeat(2_000) });
    expect(recent.after(5n as Position, 10)).toBeUndefined();
    expect(recent.after(6n as Position, 10)).toEqual([]);
  });

  it('hold nothing of a commit that failed', () => {
    const recent = new RecentEvents(beforeFirstPosition);
    const append = log(recent);
    append(aliceStream, {});
    const { page_count: pages } = file.database.prepare('PRAGMA page_count').get() as { page_count: number };
    file.database.exec(`PRAGMA max_page_count = ${pages + 1}`);
    expect(() => append(bobStream, { large: 'x'.repeat(20_000) })).toThrow('full');
    expect(recent.after(beforeFirstPosition, 10)).toHaveLength(1);
  });

  it('are not changed by what a reader does to an event', () => {
    const recent = new RecentEvents(beforeFirstPosition);
    log(recent)(aliceStream, { roles: ['reader'] });
    const [event] = recent.after(beforeFirstPosition, 1) ?? [];
    (event?.data['roles'] as string[]).push('owner');
    expect(recent.after(beforeFirstPosition, 1)?.[0]).toMatchObject({
      data: { roles: ['reader'] },
      revision: 0 as Revision,
    });
  });
});
