/**
 * Sends what the relay sends of a log, in the same sends, ready beforehand, by the client alone: `<log> <brokers>`. What it
 * leaves out is reading the log, deciding what to say, and remembering how far it has come.
 */
import { openSqliteRelayLedger } from '#event-relay';
import { BareProducer, InMemoryPublisher, RelayProcess, TopicsUnderTest } from '../engines/stand-ins.js';
import { temporaryFolder } from '#event-store-sqlite/testing';
import { KurrentEventStore } from '#event-store-kurrent';
import { takeTurns } from '../turns/take-turns.js';

const [log, brokers] = process.argv.slice(2) as [string, string];
const store = await KurrentEventStore.open({ connectionString: log });
const head = await store.head();
const folder = temporaryFolder();
const ledger = openSqliteRelayLedger({ file: folder.path('relay.sqlite'), log: store });
const publisher = new InMemoryPublisher();
const relay = new RelayProcess({ log: store, ledger, publisher });
await relay.published(head, 600_000);
await relay.stop();
await store.close();
folder.remove();

const producer = await BareProducer.open(new TopicsUnderTest(brokers, { partitions: 12 }));
const sends = producer.prepare(publisher.published, publisher.sends);
// The collector of garbage need not look through what is not sent.
publisher.published.length = 0;

await takeTurns({}, async () => {
  const [began, cpu] = [performance.now(), process.threadCpuUsage()];
  for (const send of sends) await producer.send(send);
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.threadCpuUsage(cpu);
  return { seconds, threadSeconds: (user + system) / 1e6 };
});
await producer.close();
