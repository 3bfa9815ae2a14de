/** A projector's relay that begins anew each time, in a process of its own: `<log> <brokers>`. */
import { TopicsUnderTest } from '../engines/stand-ins.js';
import { openPostgresRelayLedger } from '#event-relay';
import { KurrentEventStore } from '#event-store-kurrent';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { relayProjection } from '../../../apps/projector/src/relay/relay-projection.js';
import { takeTurns } from '../turns/take-turns.js';
import { catchUp } from './catch-up.js';
import { termOn } from './term-on.js';

const [log, brokers] = process.argv.slice(2) as [string, string];
const store = await KurrentEventStore.open({ connectionString: log });

await takeTurns({}, async () => {
  await using resources = new AsyncDisposableStack();
  const database = await TemporaryDatabase.create();
  resources.defer(() => database.drop());
  const topics = new TopicsUnderTest(brokers, { partitions: 12 });
  await topics.make();
  // Topics that are in use already, as those of the bare producer from its first turn on.
  await topics.writeToEachPartition();
  const settings = topics.settings;
  const term = await termOn({ store, database: database.url, kafka: settings }, resources);
  const ledger = openPostgresRelayLedger({ url: database.url, log: term.source('relay').log });
  const relay = relayProjection({ ...term, ledger, settings });
  resources.defer(() => relay.close());
  return await catchUp(relay.projection);
});
await store.close();
