import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '#event-store';
import { sourceLog } from '#projections/testing';
import { assign, command, directoryOn, idOf } from '#command-handling/testing';
import { InMemoryPublisher } from '../testing/in-memory-publisher.js';
import { interceptedPort } from '../testing/intercepted-port.js';
import { receivedOf } from '../testing/received-of.js';
import { RelayProcess, type RelayProcessOptions } from '../testing/relay-process.js';
import { StateConsumer } from '../testing/state-consumer.js';
import { TemporaryLedger } from '../testing/temporary-ledger.js';

const mia = idOf('mia');
const tom = idOf('tom');
const admins = idOf('admins');

describe('a relay that writes ahead', () => {
  let store: InMemoryEventStore;
  let directory: ReturnType<typeof directoryOn>;
  let publisher: InMemoryPublisher;
  let ledger: TemporaryLedger;
  let processes: RelayProcess[];
  /** How often a stream was read: for who is in a group that ends, and for what is not remembered. */
  let lookUps: number;

  beforeEach(() => {
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    directory = directoryOn(store);
    publisher = new InMemoryPublisher();
    ledger = new TemporaryLedger(sourceLog('sample', store));
    processes = [];
    lookUps = 0;
  });
  afterEach(async () => {
    for (const running of processes) await running.stop();
    await ledger.remove();
  });

  function start(options: Partial<RelayProcessOptions> = {}): RelayProcess {
    const log = interceptedPort(store, async (_, perform) => (lookUps++, perform()), ['readStream']);
    const started = new RelayProcess({ log, ledger: ledger.open(), publisher, ...options });
    processes.push(started);
    return started;
  }

  const published = async (running: RelayProcess) => running.published(await store.head());

  const groups = (count: number) => Array.from({ length: count }, (_, index) => idOf(`group-${index}`));

  async function groupsBegin(count: number, members: readonly { readonly value: string }[]): Promise<void> {
    for (const id of groups(count)) await directory.provisionGroup(command(), id, { displayName: id }, members);
  }

  async function groupsEnd(count: number): Promise<void> {
    for (const id of groups(count)) await directory.deprovisionGroup(command(), { id });
  }

  it('writes the messages of the next batch while those of one are sent', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
    const former = start();
    await published(former);
    await former.stop();
    await directory.provisionUser(command(), tom, { userName: 'tom' });
    await directory.deprovisionGroup(command(), { id: admins });

    // Two batches of two events each. Who is in a group that ends is read from the log; of a user that begins nothing is.
    const read = Promise.withResolvers<void>();
    const log = interceptedPort(store, async (_, perform) => (read.resolve(), perform()), ['readStream']);
    const nap = publisher.sleep();
    const sentBefore = publisher.published.length;
    const latter = start({ log, batchSize: 2 });
    await nap.asleep;
    await read.promise;
    expect(publisher.published).toHaveLength(sentBefore);
    nap.wake();
    await published(latter);
    expect(new StateConsumer(receivedOf(publisher.published, 'memberships')).states.size).toBe(0);
  });

  it('writes each batch once', async () => {
    await groupsBegin(12, [{ value: mia }]);
    await groupsEnd(12);
    await published(start({ batchSize: 2 }));
    expect(lookUps).toBe(12);
  });

  it('remembers what a user was from batch to batch', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    for (let time = 0; time < 60; time++) {
      await directory.changeUser(command(), { id: mia }, assign({ title: `Engineer ${time}` }));
    }
    await published(start({ batchSize: 10 }));
    expect(lookUps).toBe(0);
  });

  it('has the messages of one send in memory beside those of the one under way, however many batches there are', async () => {
    const members = Array.from({ length: 400 }, (_, index) => ({ value: `member-${index}` }));
    await groupsBegin(40, members);
    const former = start();
    await published(former);
    await former.stop();
    await groupsEnd(40);
    lookUps = 0;

    // Two groups fit into a send. The first that does not fit is written, too, and each takes two look-ups. Before all of them
    // the log is asked for the event that the relay goes on from.
    const nap = publisher.sleep();
    const latter = start({ batchSize: 10 });
    await nap.asleep;
    for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    expect(lookUps).toBe(1 + (2 + 2 + 1) * 2);
    nap.wake();
    await published(latter);
    expect(lookUps).toBe(1 + 40 * 2);
  });
});
