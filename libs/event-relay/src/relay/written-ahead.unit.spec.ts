import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from '#event-store';
import { sourceLog } from '#projections/testing';
import { command, directoryOn, idOf } from '#command-handling/testing';
import { InMemoryPublisher } from '../testing/in-memory-publisher.js';
import { interceptedPort } from '../testing/intercepted-port.js';
import { RelayProcess, type RelayProcessOptions } from '../testing/relay-process.js';
import { TemporaryLedger } from '../testing/temporary-ledger.js';

const mia = idOf('mia');

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

  it('writes each batch once', async () => {
    await groupsBegin(12, [{ value: mia }]);
    await groupsEnd(12);
    await published(start({ batchSize: 2 }));
    expect(lookUps).toBe(12);
  });
});
