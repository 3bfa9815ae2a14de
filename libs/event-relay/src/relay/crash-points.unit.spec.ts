import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '#event-store';
import { sourceLog } from '#projections/testing';
import {
  add,
  assign,
  assignMembers,
  command,
  crashKinds,
  CrashPoint,
  directoryOn,
  idOf,
  remove,
} from '#command-handling/testing';
import { ContractConsumer } from '../testing/contract-consumer.js';
import { InMemoryPublisher } from '../testing/in-memory-publisher.js';
import { interceptedPort } from '../testing/intercepted-port.js';
import { receivedOf } from '../testing/received-of.js';
import { RelayProcess } from '../testing/relay-process.js';
import { StateConsumer } from '../testing/state-consumer.js';
import { TemporaryLedger } from '../testing/temporary-ledger.js';
import { ParkedKeys } from './parked-keys.js';

const [mia, big, admins] = [idOf('mia'), idOf('big'), idOf('admins')];

/** A user and a group with changes, and a user whose second event is too large. */
async function sampleLog(): Promise<InMemoryEventStore> {
  const store = new InMemoryEventStore({ atomicAcrossStreams: true });
  const directory = directoryOn(store);
  await directory.provisionUser(command(), mia, { userName: 'mia' });
  await directory.provisionUser(command(), big, { userName: 'big' });
  await directory.provisionGroup(command(), admins, { displayName: 'Admins' }, [{ value: mia }]);
  await directory.changeUser(command(), { id: big }, assign({ title: 'too large' }));
  await directory.changeGroup(command(), { id: admins }, assignMembers([add('tom'), remove('mia')]));
  await directory.changeUser(command(), { id: mia }, assign({ title: 'Lead' }));
  await directory.changeUser(command(), { id: big }, assign({ title: 'small' }));
  return store;
}

describe.each(crashKinds)('a relay that $how $when one call of its ledger or of the brokers', (kind) => {
  let ledger: TemporaryLedger;
  let published: InMemoryPublisher['published'];
  let processes: RelayProcess[];

  beforeEach(() => {
    ledger = new TemporaryLedger();
    published = [];
    processes = [];
  });
  afterEach(async () => {
    for (const running of processes) await running.stop();
    await ledger.remove();
  });

  function publisher(isTooLarge: boolean): InMemoryPublisher {
    const made = new InMemoryPublisher(published);
    made.tooLarge = ({ value }) => isTooLarge && value?.includes('too large') === true;
    return made;
  }

  function crashing(log: InMemoryEventStore, at: number, kindOfCrash: (typeof crashKinds)[number]) {
    const crash = new CrashPoint(at, kindOfCrash);
    const intercept = (_: string, perform: () => Promise<unknown>) =>
      crash.intercept({ operation: 'append' } as never, perform);
    const running = new RelayProcess({
      log,
      batchSize: 3,
      stopWithinMs: 1,
      ledger: interceptedPort(ledger.open(), intercept, ['acquire', 'isOwnedBy', 'move', 'parkedKeys', 'settle']),
      publisher: interceptedPort(publisher(true), intercept, ['open', 'publish']),
    });
    processes.push(running);
    return { crash, running };
  }

  it('is followed by one that publishes everything, once for a consumer that keeps to the contract', async () => {
    for (let at = 0; ; at++) {
      const log = await sampleLog();
      const head = await log.head();
      published.length = 0;
      await ledger.remove();
      ledger = new TemporaryLedger(sourceLog('sample', log));
      const { crash, running } = crashing(log, at, kind);
      await Promise.race([crash.frozen, running.ended, running.published(head).catch(() => undefined)]);
      const isOver = !crash.isReached;

      const next = new RelayProcess({ log, ledger: ledger.open(), publisher: publisher(false), batchSize: 3 });
      processes.push(next);
      await next.published(head);
      const keys = new ParkedKeys(ledger.open());
      for (const { key } of await keys.list()) await keys.retry(key);
      await next.relay.carryOutRequests();

      const events = new ContractConsumer(receivedOf(published, 'events'));
      expect(events.gaps).toEqual([]);
      expect(Array.from(events.accepted, ([key, ids]) => [key, ids.length]).sort()).toEqual([
        ['acme:admins', 3],
        ['acme:big', 3],
        ['acme:mia', 2],
      ]);
      expect(new StateConsumer(receivedOf(published, 'users')).states.get('acme:big')).toMatchObject({
        attributes: { title: 'small' },
      });
      const members = new StateConsumer(receivedOf(published, 'memberships')).states;
      expect([...members.keys()]).toEqual(['acme:admins:tom']);
      expect(await keys.list()).toEqual([]);
      if (isOver) return expect(at).toBeGreaterThan(8);
    }
  });
});
