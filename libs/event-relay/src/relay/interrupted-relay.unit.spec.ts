import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EventStoreUnavailable, InMemoryEventStore } from '#event-store';
import { sourceLog } from '#projections/testing';
import { add, assign, assignMembers, command, directoryOn, idOf, remove, tenantId } from '#command-handling/testing';
import { TargetUnavailableError } from '#projections';
import { ContractConsumer } from '../testing/contract-consumer.js';
import { InMemoryPublisher } from '../testing/in-memory-publisher.js';
import { interceptedPort } from '../testing/intercepted-port.js';
import { receivedOf } from '../testing/received-of.js';
import { RelayProcess, type RelayProcessOptions } from '../testing/relay-process.js';
import { TemporaryLedger } from '../testing/temporary-ledger.js';
import { ParkedKeys } from './parked-keys.js';

const mia = idOf('mia');
const tom = idOf('tom');
const admins = idOf('admins');

describe('a relay that is interrupted', () => {
  let store: InMemoryEventStore;
  let directory: ReturnType<typeof directoryOn>;
  let publisher: InMemoryPublisher;
  let ledger: TemporaryLedger;
  let processes: RelayProcess[];

  beforeEach(() => {
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    directory = directoryOn(store);
    publisher = new InMemoryPublisher();
    ledger = new TemporaryLedger(sourceLog('sample', store));
    processes = [];
  });
  afterEach(async () => {
    for (const running of processes) await running.stop();
    await ledger.remove();
  });

  /** Carries out what operators ask for only when it is told to. */
  function start(options: Partial<RelayProcessOptions> = {}): RelayProcess {
    const requestsEveryMs = 3_600_000;
    const started = new RelayProcess({ log: store, ledger: ledger.open(), publisher, requestsEveryMs, ...options });
    processes.push(started);
    return started;
  }

  /** What another process has of the same topics. */
  const anotherPublisher = () => new InMemoryPublisher(publisher.published);
  const published = async (running: RelayProcess) => running.published(await store.head());
  const accepted = (id: string) => new ContractConsumer(receivedOf(publisher.published, 'events')).accepted.get(id);
  /** Compaction keeps the last message of a key, whatever its revision. */
  const last = (role: string, key: string) =>
    publisher.published.filter((message) => message.topic === role && message.key === key).at(-1)?.value;

  async function parkMiaAndTom(): Promise<void> {
    publisher.tooLarge = ({ value }) => value?.includes('too long a title') === true;
    for (const id of [mia, tom]) {
      await directory.provisionUser(command(), id, { userName: id });
      await directory.changeUser(command(), { id }, assign({ title: 'too long a title' }));
    }
  }

  async function askToRetry(...ids: readonly string[]): Promise<void> {
    const keys = new ParkedKeys(ledger.open());
    for (const id of ids) expect(await keys.retry(`${tenantId}:${id}`)).toBe(true);
  }

  it('while it releases several keys goes on with those that were released', async () => {
    await parkMiaAndTom();
    const running = start();
    await published(running);
    publisher.tooLarge = () => false;
    publisher.lost = (messages) => messages.some(({ key }) => key === `${tenantId}:tom`);
    await askToRetry(mia, tom);
    await expect(running.relay.carryOutRequests()).rejects.toBeInstanceOf(TargetUnavailableError);
    await directory.changeUser(command(), { id: mia }, assign({ active: false }));
    await published(running);
    expect(accepted(`${tenantId}:mia`)).toHaveLength(3);
    expect(last('users', `${tenantId}:mia`)).toContain('"enabled":false');
  });

  it('right after it has released a key goes on with it', async () => {
    await parkMiaAndTom();
    const loseAnswer = async (_: string, perform: () => Promise<unknown>) => {
      await perform();
      throw new TargetUnavailableError('the answer is lost');
    };
    const running = start({ ledger: interceptedPort(ledger.open(), loseAnswer, ['settle']) });
    await published(running);
    publisher.tooLarge = () => false;
    await askToRetry(mia);
    await expect(running.relay.carryOutRequests()).rejects.toThrow('the answer is lost');
    await directory.changeUser(command(), { id: mia }, assign({ active: false }));
    await published(running);
    expect(accepted(`${tenantId}:mia`)).toHaveLength(3);
  });

  it('in the middle of parking a key has its later events wait, though the brokers take all of it by then', async () => {
    await parkMiaAndTom();
    publisher.refused = publisher.tooLarge;
    publisher.tooLarge = () => false;
    let isFirst = true;
    const loseAnswer = async (_: string, perform: () => Promise<unknown>) => {
      await perform();
      if (!isFirst) return;
      isFirst = false;
      publisher.refused = () => false;
      throw new TargetUnavailableError('the answer is lost');
    };
    let counted = 0;
    const observer = { parkedKeys: (count: number) => (counted = count) };
    await published(start({ ledger: interceptedPort(ledger.open(), loseAnswer, ['move']), observer }));
    expect(accepted(`${tenantId}:mia`)).toHaveLength(1);
    expect(await new ParkedKeys(ledger.open()).list()).toMatchObject([{ revision: 1 }, { revision: 1 }]);
    expect(counted).toBe(2);
  });

  it('by a key that is parked has the events wait of which the messages were written already', async () => {
    publisher.tooLarge = ({ value }) => value?.includes('too long a title') === true;
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    for (const title of ['too long a title', 'Lead', 'Chief']) {
      await directory.changeUser(command(), { id: mia }, assign({ title }));
    }
    await published(start({ batchSize: 1 }));
    expect(accepted(`${tenantId}:mia`)).toHaveLength(1);
    expect(last('users', `${tenantId}:mia`)).not.toContain('Chief');
  });

  it('by the release of a key publishes the event of which the messages were written before', async () => {
    await parkMiaAndTom();
    const running = start({ batchSize: 1 });
    await published(running);
    publisher.tooLarge = () => false;
    const nap = publisher.sleep();
    await directory.provisionUser(command(), admins, { userName: 'sleeper' });
    await nap.asleep;
    await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    await askToRetry(mia);
    const releasing = running.relay.carryOutRequests();
    nap.wake();
    await releasing;
    await published(running);
    const { gaps } = new ContractConsumer(receivedOf(publisher.published, 'events'));
    expect(gaps).toEqual([]);
    expect(accepted(`${tenantId}:mia`)).toHaveLength(3);
    expect(last('users', `${tenantId}:mia`)).toContain('Lead');
  });

  it('right after it has given an event up leaves nothing of it to be given up again', async () => {
    await parkMiaAndTom();
    const loseAnswer = async (_: string, perform: () => Promise<unknown>) => {
      await perform();
      throw new TargetUnavailableError('the answer is lost');
    };
    const former = start({ ledger: interceptedPort(ledger.open(), loseAnswer, ['settle']) });
    await published(former);
    const keys = new ParkedKeys(ledger.open());
    const [parked] = (await keys.list()).filter(({ key }) => key === `${tenantId}:mia`);
    expect(await keys.drop(parked?.key ?? '', parked?.eventId ?? '')).toBe(true);
    await expect(former.relay.carryOutRequests()).rejects.toThrow('the answer is lost');
    await former.stop();

    const latter = start({ publisher });
    await published(latter);
    await latter.relay.carryOutRequests();
    expect(await keys.list()).toMatchObject([{ key: `${tenantId}:tom` }]);
  });

  it('by a log that is away while it looks up what a user was waits for the log', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await published(start());
    await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    let failures = 2;
    const away = (_: string, perform: () => Promise<unknown>) =>
      failures-- > 0 ? Promise.reject(new EventStoreUnavailable('away')) : perform();
    await published(start({ log: interceptedPort(store, away, ['readStream']), publisher: anotherPublisher() }));
    expect(failures).toBeLessThan(0);
    expect(last('users', `${tenantId}:mia`)).toContain('Lead');
  });

  async function groupOf(member: string): Promise<void> {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: member }]);
  }
  const membership = `${tenantId}:admins:mia`;
  const toGroup = (...requests: Parameters<typeof assignMembers>[0]) =>
    directory.changeGroup(command(), { id: admins }, assignMembers(requests));

  it('in a release, asleep while it is replaced, is made good by its successor', async () => {
    await groupOf('tom');
    publisher.tooLarge = ({ headers }) => headers['ce_id'] !== undefined && publisher.published.length > 5;
    const former = start();
    await published(former);
    await toGroup(add('mia'));
    await published(former);
    publisher.tooLarge = () => false;
    await askToRetry(admins);
    const nap = publisher.sleep();
    const releasing = former.relay.carryOutRequests().catch((error: unknown) => error);
    await nap.asleep;

    const latter = start({ publisher: anotherPublisher() });
    await published(latter);
    await latter.relay.carryOutRequests();
    await toGroup(remove('mia'));
    await published(latter);
    expect(last('memberships', membership)).toBeNull();
    nap.wake();
    await releasing;
    await latter.relay.carryOutRequests();
    expect(last('memberships', membership)).toBeNull();
  });

  it('in a send that nobody has answered for when it ends is made good by its successor', async () => {
    await groupOf('tom');
    const former = start();
    await published(former);
    const nap = publisher.sleep();
    await toGroup(add('mia'));
    await nap.asleep;
    const stopping = former.stop();
    publisher.loseNext('after');

    const latter = start({ publisher: anotherPublisher() });
    await toGroup(remove('mia'));
    await published(latter);
    nap.wake();
    await stopping;
    await latter.relay.carryOutRequests();
    expect(last('memberships', membership)).toBeNull();
  });

  it('by the end of many large groups never holds the messages of all of them', async () => {
    const members = Array.from({ length: 400 }, (_, index) => ({ value: `member-${index}` }));
    const ids = Array.from({ length: 10 }, (_, index) => idOf(`group-${index}`));
    for (const id of ids) await directory.provisionGroup(command(), id, { displayName: id }, members);
    for (const id of ids) await directory.deprovisionGroup(command(), { id });
    await published(start());
    expect(Math.max(...publisher.sends)).toBeLessThanOrEqual(1_024);
    expect(last('memberships', `${tenantId}:group-9:member-399`)).toBeNull();
  });
});
