/** A projector's relay that begins anew each time, in a process of its own: `<log> <brokers>`. */
import { TopicsUnderTest } from '../engines/stand-ins.js';
import { KurrentEventStore } from '#event-store-kurrent';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { relayProjection } from '../../../apps/projector/src/distributed/relay-projection.js';
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
  const kafka = topics.settings;
  const term = await termOn({ store, database: database.url, kafka }, resources);
  return await catchUp(relayProjection(term, kafka));
});
await store.close();
