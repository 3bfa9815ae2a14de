/**
 * A loopback server in a process of its own, with the log of a directory: `<users> <groups> <members of each>`. It stands in
 * for EventStoreDB, and how fast it is says nothing of that.
 */
import { randomBytes } from 'node:crypto';
import { type RecordedEvent, beforeFirstPosition, InMemoryEventStore } from '#event-store';
import { LoopbackLog, LoopbackServer } from './stand-ins.js';
import { writeHistory } from '../../../apps/benchmark/src/seed/seed-log.js';
import { takeTurns } from '../turns/take-turns.js';
import type { SeededLog } from './seeded-log.js';

/** Read at once from the store that the history is written to first. */
const chunk = 10_000;

const [users = 0, groups = 0, members = 0] = process.argv.slice(2).map(Number);
const log = new LoopbackLog();
const counts = await seed({ name: 'benchmark', users, groups: Array.from({ length: groups }, () => members) });
const server = await LoopbackServer.start({ log });
await takeTurns({ url: server.connectionString(), ...counts } satisfies SeededLog, async () => ({}));
await server.stop();

/** The store of the history goes with the call: what lies in memory is looked through at every collection of garbage. */
async function seed(shape: Parameters<typeof writeHistory>[1]): Promise<Omit<SeededLog, 'url'>> {
  const history = new InMemoryEventStore({ atomicAcrossStreams: false });
  await writeHistory(history, shape, randomBytes(32));
  let [events, published] = [0, 0];
  let after = beforeFirstPosition;
  for (;;) {
    const read = await history.readAll(after, chunk);
    for (const event of read) {
      write(event);
      events++;
      if (!event.stream.startsWith('scim.name-')) published++;
    }
    const last = read.at(-1);
    if (!last) return { events, published };
    after = last.position;
  }
}

function write({ stream, revision, id, type, data, metadata }: RecordedEvent): void {
  const bytes = (value: object) => Buffer.from(JSON.stringify(value), 'utf8');
  const record = { id, type, contentType: 'application/json', data: bytes(data), metadata: bytes(metadata) };
  const { result } = log.write(stream, revision - 1, [record]);
  if (result !== 'success') throw new Error(`The history was not written: ${result}`);
}
