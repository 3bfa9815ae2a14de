/**
 * One event after the other, in a process of its own: from the end of its append until a consumer has it by way of the relay,
 * and from a bare send of the same messages until a consumer has them: `<log> <brokers> <events>`.
 */
import { openPostgresRelayLedger } from '#event-relay';
import { Arrivals, RelayProcess, SampleHistory, sampleTenant, TopicsUnderTest } from '../engines/stand-ins.js';
import { KurrentEventStore } from '#event-store-kurrent';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { takeTurns } from '../turns/take-turns.js';
import { bareDelays } from './bare-delays.js';

const [url, brokers, count] = process.argv.slice(2) as [string, string, string];
const person = { displayName: 'Mia Lind', emails: [{ type: 'work', value: 'mlind@acme.test', primary: true }] };

const log = await KurrentEventStore.open({ connectionString: url });
const database = await TemporaryDatabase.create();
const topics = new TopicsUnderTest(brokers, { partitions: 12 });
await topics.make();
const ledger = openPostgresRelayLedger({ url: database.url, log });
const relay = new RelayProcess({ log, ledger, publisher: topics.publisher() });
await relay.progress.changed();
const arrivals = new Arrivals();
const consumer = await arrivals.follow(brokers, topics.name('events'));
let users = 0;

await takeTurns({}, async () => {
  const delays: number[] = [];
  for (let event = 0; event < Number(count); event++) {
    const name = `live-${users++}`;
    const arrived = arrivals.of(`${sampleTenant}:${name}-0`);
    await new SampleHistory(log, 1, name).grow(person);
    const appended = performance.now();
    delays.push((await arrived) - appended);
  }
  return { delays, bareDelays: await bareDelays(log, brokers, Number(count)) };
});
await consumer.disconnect();
await relay.stop();
await log.close();
await database.drop();
