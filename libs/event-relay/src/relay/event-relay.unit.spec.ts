import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '#event-store';
import { sourceLog } from '#projections/testing';
import { add, assign, assignMembers, command, directoryOn, idOf, remove, tenantId } from '#command-handling/testing';
import { ContractConsumer } from '../testing/contract-consumer.js';
import { InMemoryPublisher } from '../testing/in-memory-publisher.js';
import { receivedOf } from '../testing/received-of.js';
import { RelayProcess, type RelayProcessOptions } from '../testing/relay-process.js';
import { StateConsumer } from '../testing/state-consumer.js';
import { sampleLog, TemporaryLedger } from '../testing/temporary-ledger.js';
import type { ParkedKey } from './parked-key.js';
import { ParkedKeys } from './parked-keys.js';

const mia = idOf('mia');
const tom = idOf('tom');
const admins = idOf('admins');

describe('the relay', () => {
  let store: InMemoryEventStore;
  let directory: ReturnType<typeof directoryOn>;
  let publisher: InMemoryPublisher;
  let ledger: TemporaryLedger;
  let processes: RelayProcess[];
  let parked: ParkedKey[];

  beforeEach(() => {
    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    directory = directoryOn(store);
    publisher = new InMemoryPublisher();
    ledger = new TemporaryLedger(sourceLog('sample', store));
    processes = [];
    parked = [];
  });
  afterEach(async () => {
    for (const running of processes) await running.stop();
    await ledger.remove();
  });

  function start(options: Partial<RelayProcessOptions> = {}): RelayProcess {
    const observer = { parked: (key: ParkedKey) => parked.push(key) };
    const started = new RelayProcess({ log: store, ledger: ledger.open(), publisher, observer, ...options });
    processes.push(started);
    return started;
  }

  const published = async (running: RelayProcess) => running.published(await store.head());
  const events = () => new ContractConsumer(receivedOf(publisher.published, 'events'));
  const states = (role: 'users' | 'groups' | 'memberships') =>
    new StateConsumer(receivedOf(publisher.published, role)).states;

  /** A relay that is suspended while it publishes another change of what is known by now. */
  async function asleepInSend() {
    const former = start();
    await published(former);
    const nap = publisher.sleep();
    await rename(1);
    await nap.asleep;
    return { former, nap };
  }

  async function rename(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      await directory.changeUser(command(), { id: mia }, assign({ title: `Engineer ${time}` }));
    }
  }

  it('publishes each event of users and groups once, in order, and nothing of the streams of names', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await rename(5);
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
    await published(start());
    const consumer = events();
    expect(consumer.gaps).toEqual([]);
    expect(consumer.dropped).toBe(0);
    expect([...consumer.accepted.keys()]).toEqual([`${tenantId}:mia`, `${tenantId}:admins`]);
    expect(consumer.accepted.get(`${tenantId}:mia`)).toHaveLength(6);
    const text = JSON.stringify(publisher.published);
    expect(text).not.toContain('claim');
  });

  it('folds what users and groups are, also where a restart forgot it', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia', title: 'Engineer' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, []);
    const first = start();
    await published(first);
    await first.stop();
    await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead', active: false }));
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('mia')], { displayName: 'Root' }));
    await published(start());
    expect(states('users').get(`${tenantId}:mia`)).toMatchObject({
      tenant: tenantId,
      id: 'mia',
      enabled: false,
      attributes: { userName: 'mia', title: 'Lead', active: false },
    });
    expect(states('groups').get(`${tenantId}:admins`)).toMatchObject({ attributes: { displayName: 'Root' } });
    expect(states('memberships').get(`${tenantId}:admins:mia`)).toMatchObject({
      groupId: 'admins',
      member: { value: 'mia' },
    });
  });

  it('ends users, memberships and groups with their memberships by tombstones', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }, { value: tom }]);
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('eva'), remove('tom')]));
    await published(start());
    expect([...states('memberships').keys()]).toEqual([`${tenantId}:admins:mia`, `${tenantId}:admins:eva`]);
    await directory.deprovisionUser(command(), { id: mia });
    await directory.deprovisionGroup(command(), { id: admins });
    await published(start());
    expect(states('users').size + states('groups').size + states('memberships').size).toBe(0);
    expect(publisher.published.at(-1)).toMatchObject({ topic: 'groups', key: `${tenantId}:admins`, value: null });
  });

  it.each(['before', 'after'] as const)(
    'publishes a send again whose answer was lost %s it was taken',
    async (when) => {
      await directory.provisionUser(command(), mia, { userName: 'mia' });
      await rename(3);
      publisher.loseNext(when, when);
      await published(start());
      const consumer = events();
      expect(consumer.gaps).toEqual([]);
      expect(consumer.accepted.get(`${tenantId}:mia`)).toHaveLength(4);
      expect(consumer.dropped).toBe(when === 'after' ? 8 : 0);
    },
  );

  it('waits for brokers that are away', async () => {
    publisher.away = true;
    const running = start();
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    while (running.state.status !== 'retrying') await new Promise(setImmediate);
    publisher.away = false;
    await published(running);
    expect(events().accepted.size).toBe(1);
  });

  it('is fenced off where another relay has taken over, before it sends', async () => {
    const former = start();
    await published(former);
    const latter = start();
    await published(latter);
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    expect(await former.ended).toMatchObject({ status: 'failed', failure: { kind: 'ownership' } });
    await published(latter);
    expect(events()).toMatchObject({ dropped: 0, gaps: [] });
  });

  it('is made good by its successor where it sends late, asleep while it was replaced', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia', title: 'Engineer' });
    await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, []);
    const former = start();
    await published(former);
    const nap = publisher.sleep();
    await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
    await directory.changeGroup(command(), { id: admins }, assignMembers([add('mia')]));
    await nap.asleep;

    publisher = new InMemoryPublisher(publisher.published);
    const latter = start();
    await directory.changeUser(command(), { id: mia }, assign({ title: 'Chief' }));
    await directory.changeGroup(command(), { id: admins }, assignMembers([remove('mia')]));
    await published(latter);
    nap.wake();
    expect(await former.ended).toMatchObject({ status: 'failed', failure: { kind: 'ownership' } });
    await latter.relay.carryOutRequests();

    expect(events().gaps).toEqual([]);
    // Compaction keeps the last message of a key, whatever its revision.
    const last = (role: string) => publisher.published.filter(({ topic }) => topic === role).at(-1)?.value;
    expect(last('users')).toContain('Chief');
    expect(last('memberships')).toBeNull();
    expect(await ledger.open().parkedKeys()).toEqual([]);
  });

  it('publishes all of a key that a former relay sends late, which was overtaken by a start over', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    const { former, nap } = await asleepInSend();
    await using memory = ledger.memory();
    await memory.startOver(sampleLog.identity);
    nap.wake();
    expect(await former.ended).toMatchObject({ status: 'failed', failure: { kind: 'ownership' } });
    expect(await ledger.open().parkedKeys()).toMatchObject([{ key: `${tenantId}:mia`, revision: 1, request: 'retry' }]);

    publisher = new InMemoryPublisher();
    const latter = start();
    await published(latter);
    await latter.relay.carryOutRequests();
    expect(events().gaps).toEqual([]);
    expect(events().accepted.get(`${tenantId}:mia`)).toHaveLength(2);
    expect(await ledger.open().parkedKeys()).toEqual([]);
  });

  it('publishes all of a key of its own log though a former relay sends late what another log had of it', async () => {
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await rename(3);
    const { former, nap } = await asleepInSend();
    await using memory = ledger.memory();
    const other = { ...sampleLog, identity: 'other' };
    await memory.startOver(other.identity);
    nap.wake();
    await former.ended;

    store = new InMemoryEventStore({ atomicAcrossStreams: true });
    directory = directoryOn(store);
    for (const name of ['a', 'b', 'c', 'd']) await directory.provisionUser(command(), idOf(name), { userName: name });
    await directory.provisionUser(command(), mia, { userName: 'mia' });
    await rename(1);
    publisher = new InMemoryPublisher();
    const latter = start({ ledger: ledger.open(other) });
    await published(latter);
    await latter.relay.carryOutRequests();
    expect(events().accepted.get(`${tenantId}:mia`)).toHaveLength(2);
    expect(await ledger.open().parkedKeys()).toEqual([]);
  });

  describe('with a message that can never be sent', () => {
    const isPoison = ({ value }: { readonly value: string | null }) => value?.includes('too long a title') === true;

    beforeEach(async () => {
      await directory.provisionUser(command(), mia, { userName: 'mia' });
      await directory.changeUser(command(), { id: mia }, assign({ title: 'too long a title' }));
      await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
      await directory.provisionUser(command(), tom, { userName: 'tom' });
    });

    const keys = () => new ParkedKeys(ledger.open());
    const revisions = (key: string) => events().accepted.get(key)?.length;

    it.each(['tooLarge', 'refused'] as const)('parks its key and lets the rest flow on: %s', async (kind) => {
      publisher[kind] = isPoison;
      const running = start();
      await published(running);
      await directory.changeUser(command(), { id: mia }, assign({ title: 'Chief' }));
      await directory.changeUser(command(), { id: tom }, assign({ title: 'Chief' }));
      await published(running);
      expect(revisions(`${tenantId}:mia`)).toBe(1);
      expect(revisions(`${tenantId}:tom`)).toBe(2);
      expect(await keys().list()).toEqual(parked);
      expect(parked).toMatchObject([{ key: `${tenantId}:mia`, revision: 1, eventType: 'UserProfileChanged' }]);
    });

    it('keeps the key parked over a restart', async () => {
      publisher.tooLarge = isPoison;
      const first = start();
      await published(first);
      await first.stop();
      await rename(2);
      await published(start());
      expect(revisions(`${tenantId}:mia`)).toBe(1);
    });

    async function released(verb: 'retry' | 'drop'): Promise<void> {
      const [key] = (await keys().list()) as [ParkedKey];
      expect(await (verb === 'drop' ? keys().drop(key.key, key.eventId) : keys().retry(key.key))).toBe(true);
      while ((await keys().list()).some(({ request }) => request !== undefined)) await new Promise(setImmediate);
    }

    it('publishes what waited once it can be sent and somebody asks for it', async () => {
      publisher.tooLarge = isPoison;
      const running = start();
      await published(running);
      publisher.tooLarge = () => false;
      await released('retry');
      await rename(1);
      await published(running);
      expect(await keys().list()).toEqual([]);
      expect(events()).toMatchObject({ gaps: [], dropped: 0 });
      expect(revisions(`${tenantId}:mia`)).toBe(4);
    });

    it('parks it again where it still cannot be sent', async () => {
      publisher.tooLarge = isPoison;
      await published(start());
      await released('retry');
      expect(await keys().list()).toMatchObject([{ key: `${tenantId}:mia`, revision: 1 }]);
      expect(revisions(`${tenantId}:mia`)).toBe(1);
    });

    it.each(['tooLarge', 'refused'] as const)('gives the one event up where told to, and goes on: %s', async (kind) => {
      publisher[kind] = isPoison;
      const running = start();
      await published(running);
      await released('drop');
      await rename(1);
      await published(running);
      expect(events().gaps).toEqual([{ key: `${tenantId}:mia`, after: 0, next: 2 }]);
      expect(states('users').get(`${tenantId}:mia`)).toMatchObject({ attributes: { title: 'Engineer 0' } });
      expect(await keys().list()).toEqual([]);
    });
  });
});
