/**
 * Measures the relay in a process of its own, and prints the figures as JSON: `<brokers> <events> <live events>`. Inside a test
 * runner's context the client is half as fast.
 */
import { SqliteEventStore } from '#event-store-sqlite';
import { temporaryFolder } from '#event-store-sqlite/testing';
import { openSqliteRelayLedger } from '../ledger/sqlite-relay-ledger.js';
import { Arrivals } from './arrivals.js';
import { RelayProcess } from './relay-process.js';
import { SampleHistory } from './sample-history.js';
import { TopicsUnderTest } from './topics-under-test.js';

export interface RelayFigures {
  readonly events: number;
  /** While catching up; each event is two messages, of 12 and 7 headers. */
  readonly eventsPerSecond: number;
  /** By the time the relay's own thread was at work: what a machine with a core to spare would show. */
  readonly eventsPerSecondOfOwnCpu: number;
  /** From the end of an append until a consumer has the event. */
  readonly liveMedianMs: number;
  readonly liveP99Ms: number;
}

const usersAtOnce = 500;

const person = {
  displayName: 'Mia Lind',
  externalId: '5b7c0f3e-2f4e-4a0c-9a57-3f1f0a6f2c11',
  name: { givenName: 'Mia', familyName: 'Lind' },
  emails: [{ type: 'work', value: 'mlind@acme.test', primary: true }],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Risk', employeeNumber: '48217' },
};

const [brokers, eventCount, liveCount] = process.argv.slice(2) as [string, string, string];
const topics = new TopicsUnderTest(brokers, { partitions: 12 });
const folder = temporaryFolder();
const log = SqliteEventStore.open({ file: folder.path('log.sqlite') });

let events = 0;
for (; events < Number(eventCount); events += usersAtOnce) {
  await new SampleHistory(log, usersAtOnce, `user-${events}`).grow(person);
}
await topics.make();
await topics.writeToEachPartition();
const head = await log.head();
const ledger = openSqliteRelayLedger({ file: folder.path('relay.sqlite'), log });
const relay = new RelayProcess({ log, ledger, publisher: topics.publisher(), batchSize: 1_024 });
// The relay has its connections and its topics.
await relay.progress.changed();
const [began, cpu] = [performance.now(), process.threadCpuUsage()];
await relay.published(head);
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.threadCpuUsage(cpu);

const arrivals = new Arrivals();
const consumer = await arrivals.follow(brokers, topics.name('events'));
const delays: number[] = [];
for (let live = 0; live < Number(liveCount); live++) {
  const arrived = arrivals.of(`acme:live-${live}-0`);
  await new SampleHistory(log, 1, `live-${live}`).grow(person);
  const written = performance.now();
  delays.push((await arrived) - written);
}
delays.sort((one, other) => one - other);
const quantile = (part: number) => delays[Math.floor(delays.length * part)] as number;
const figures: RelayFigures = {
  events,
  eventsPerSecond: Math.round(events / seconds),
  eventsPerSecondOfOwnCpu: Math.round(events / ((user + system) / 1e6)),
  liveMedianMs: quantile(0.5),
  liveP99Ms: quantile(0.99),
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
await consumer.disconnect();
await relay.stop();
await log.close();
folder.remove();
