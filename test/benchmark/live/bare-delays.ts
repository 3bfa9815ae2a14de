import { openSqliteRelayLedger } from '#event-relay';
import { Arrivals, BareProducer, InMemoryPublisher, RelayProcess, TopicsUnderTest } from '../engines/stand-ins.js';
import type { KurrentEventStore } from '#event-store-kurrent';
import { temporaryFolder } from '#event-store-sqlite/testing';

/** How long the messages of each event take from a send by the client alone to a consumer, milliseconds. */
export async function bareDelays(log: KurrentEventStore, brokers: string, events: number): Promise<readonly number[]> {
  const topics = new TopicsUnderTest(brokers, { partitions: 12 });
  const producer = await BareProducer.open(topics);
  const arrivals = new Arrivals();
  const consumer = await arrivals.follow(brokers, topics.name('events'));
  const byKey = Map.groupBy(await messagesOf(log), ({ key }) => key);
  const delays: number[] = [];
  for (const [key, messages] of [...byKey].slice(0, events)) {
    const [send = []] = producer.prepare(messages, [messages.length]);
    const arrived = arrivals.of(key);
    const sent = performance.now();
    await producer.send(send);
    delays.push((await arrived) - sent);
  }
  await consumer.disconnect();
  await producer.close();
  return delays;
}

async function messagesOf(log: KurrentEventStore): Promise<InMemoryPublisher['published']> {
  const head = await log.head();
  const folder = temporaryFolder();
  const ledger = openSqliteRelayLedger({ file: folder.path('relay.sqlite'), log });
  const publisher = new InMemoryPublisher();
  const relay = new RelayProcess({ log, ledger, publisher });
  await relay.published(head);
  await relay.stop();
  folder.remove();
  return publisher.published;
}
