import { randomUUID } from 'node:crypto';
import type { ExpectedRevision, Revision, StreamName } from '#event-store';
import { SqliteEventStore } from '../sqlite-event-store.js';

/**
 * Appends to the log named by the first argument until it is killed: several writers, each with a stream of its own.
 * Every id is printed, a line each, when its append was acknowledged; a pipe is written synchronously.
 */
const [file = ''] = process.argv.slice(2);
const store = SqliteEventStore.open({ file });

async function writeForever(writer: number): Promise<void> {
  const stream = `scim.user-${randomUUID()}.${writer}` as StreamName;
  let expected: ExpectedRevision = 'no-stream';
  for (let revision = 0; ; revision++) {
    const events = [{ id: randomUUID(), type: 'user.changed', data: { revision }, metadata: {} }];
    const { outcome } = await store.append([{ stream, expected, events }]);
    if (outcome !== 'appended') throw new Error(`Append to a stream of one writer: ${outcome}`);
    process.stdout.write(`${events.map(({ id }) => id).join()}\n`);
    expected = revision as Revision;
  }
}

await Promise.all(Array.from({ length: 8 }, (_, writer) => writeForever(writer)));
