/**
 * A loopback server in a process of its own, with the log of a directory: `<users> <groups> <members of each>`. It stands in
 * for EventStoreDB, and how fast it is says nothing of that.
 */
import { randomBytes } from 'node:crypto';
import { beforeFirstPosition, InMemoryEventStore } from '#event-store';
import { LoopbackLog, LoopbackServer } from './stand-ins.js';
import { writeHistory } from '../../../apps/benchmark/src/seed/seed-log.js';
import { takeTurns } from '../turns/take-turns.js';
import type { SeededLog } from './seeded-log.js';

const [users = 0, groups = 0, members = 0] = process.argv.slice(2).map(Number);
/** Read at once from the store that the history is written to first. */
const chunk = 10_000;

const history = new InMemoryEventStore({ atomicAcrossStreams: false });
const shape = { name: 'benchmark', users, groups: Array.from({ length: groups }, () => members) };
await writeHistory(history, shape, randomBytes(32));

const log = new LoopbackLog();
const bytes = (value: object) => Buffer.from(JSON.stringify(value), 'utf8');
let [events, published] = [0, 0];
for (let after = beforeFirstPosition; ;) {
  const read = await history.readAll(after, chunk);
  const last = read.at(-1);
  if (!last) break;
  for (const { stream, revision, id, type, data, metadata } of read) {
    const record = { id, type, contentType: 'application/json', data: bytes(data), metadata: bytes(metadata) };
    const { result } = log.write(stream, revision - 1, [record]);
    if (result !== 'success') throw new Error(`The history was not written: ${result}`);
    events++;
    if (!stream.startsWith('scim.name-')) published++;
  }
  after = last.position;
}
await history.close();
const server = await LoopbackServer.start({ log });
await takeTurns({ url: server.connectionString(), events, published } satisfies SeededLog, async () => ({}));
await server.stop();
