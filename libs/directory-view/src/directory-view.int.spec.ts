import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { InMemoryEventStore, type Position } from '#event-store';
import { eventCodec } from '#event-catalog';
import { CheckpointSignal, ProjectionRunner, buildGeneration } from '#projections';
import { projectionTargetContract } from '#projections/testing';
import { SchemaRegistry } from '#scim-protocol';
import { sampleTenants } from './testing/arbitrary-log.js';
import { sampleRegistry } from './testing/arbitrary-document.js';
import { SampleLog } from './testing/sample-log.js';
import { sampleSource } from './testing/temporary-view.js';
import { type ViewUnderTest, describeViews } from './testing/view-engines.js';
import { viewSnapshot } from './testing/view-snapshot.js';

const [tenant] = sampleTenants;

function smallLog(): SampleLog {
  const log = new SampleLog();
  const ann = log.provision(tenant, 'User', 0, { userName: 'Ann', emails: [{ value: 'Ann@x' }] });
  log.provision(tenant, 'Group', 0, { displayName: 'Staff' });
  log.add(tenant, 'Group', 0, (groupId) => {
    return { type: 'GroupMembershipChanged', data: { groupId, added: [{ value: ann }], removed: [] } };
  });
  return log;
}

describeViews('a directory view', (engine) => {
  projectionTargetContract('a directory view', async () => {
    const temporary = await engine.open();
    const log = smallLog();
    const { events } = log;
    // Provisions what is there already.
    const contradiction = { ...(events[0] as (typeof events)[0]), position: 1_000n as Position, eventId: 'again' };
    return {
      target: await temporary.view.liveTarget(),
      events,
      contradiction,
      rows: () => viewSnapshot(temporary.view.liveReads, tenant),
      close: async () => temporary.remove(),
    };
  });

  let temporary: ViewUnderTest;
  beforeEach(async () => {
    temporary = await engine.open();
  });
  afterEach(() => temporary.remove());

  const dump = () => viewSnapshot(temporary.view.liveReads, tenant);
  const liveNumber = async () => (await temporary.view.catalogue.live())?.number;

  it('makes its first generation live at once and keeps it', async () => {
    const log = smallLog();
    await temporary.catchUp(log.events);
    const before = await dump();
    expect(before.membership).toHaveLength(1);
    await temporary.reopen();
    expect(await liveNumber()).toBe(1);
    expect(await dump()).toEqual(before);
  });

  it('is built again by code with other schemas', async () => {
    await temporary.catchUp(smallLog().events);
    const schema = { id: 'urn:example:badge', name: 'Badge', description: '', attributes: [] };
    await temporary.reopen(new SchemaRegistry([{ resourceType: 'User', schema, required: false }]));
    expect(await liveNumber()).toBe(2);
    expect((await temporary.view.catalogue.list())[0]?.state).toBe('dropped');
  });

  it.each([
    ['another log', { ...sampleSource, identity: 'another' }, 'it was built from another log'],
    [
      'an older copy of its log',
      { ...sampleSource, head: 4n as Position },
      'it is at position 7, beyond the end of the log at 4',
    ],
  ])('is built again from %s, and says why', async (_, log, reason) => {
    await temporary.catchUp(smallLog().events);
    const reasons: string[] = [];
    await temporary.reopen(sampleRegistry, log, (said) => reasons.push(said));
    expect(reasons).toEqual([reason]);
    expect((await dump()).resource).toEqual([]);
    expect(await liveNumber()).toBe(2);
    await temporary.reopen(sampleRegistry, log, (said) => reasons.push(said));
    expect(reasons).toHaveLength(1);
  });

  it('drops a build that its process did not finish', async () => {
    await temporary.view.catalogue.begin();
    await temporary.reopen();
    const states = (await temporary.view.catalogue.list()).map(({ state }) => state);
    expect(states).toEqual(['live', 'dropped']);
  });

  it('never lets what readers see go back', async () => {
    const log = smallLog();
    await temporary.catchUp(log.events);
    const { catalogue } = temporary.view;
    const { number } = await catalogue.begin();
    expect(await catalogue.makeLive(number)).toEqual({ outcome: 'behind', checkpoint: log.events.at(-1)?.position });
    expect(await liveNumber()).toBe(1);
    expect(await catalogue.makeLive(1)).toEqual({ outcome: 'not-building', state: 'live' });
    await expect(catalogue.drop(1)).rejects.toThrow('live');
  });

  it('is built from nothing beside the live generation, equal to it, and flipped while events come in', async () => {
    const store = new InMemoryEventStore();
    const { events } = smallLog();
    const append = async (from: number, to: number) => {
      for (const { event, eventId, stream, revision, metadata } of events.slice(from, to)) {
        const expected = revision === 0 ? 'no-stream' : ((revision - 1) as typeof revision);
        await store.append([{ stream, expected, events: [eventCodec.encode(eventId, event, metadata)] }]);
      }
      return store.head();
    };
    const stop = new AbortController();
    const following = { log: store, readEvent: eventCodec.decode.bind(eventCodec) };
    const progress = new CheckpointSignal();
    const live = new ProjectionRunner({ ...following, target: await temporary.view.liveTarget(), progress });
    const running = live.run(stop.signal);
    expect(await progress.reached(await append(0, 2), 5_000)).toBe(true);

    const building = buildGeneration({ ...following, catalogue: temporary.view.catalogue }, stop.signal);
    const head = await append(2, 3);
    const built = await building;
    if ('status' in built) throw new Error(`The build ended as ${built.status}.`);
    expect(built.number).toBe(2);
    expect(await built.progress.reached(head, 5_000)).toBe(true);
    expect(await progress.reached(head, 5_000)).toBe(true);
    expect(await liveNumber()).toBe(2);
    const rebuilt = await dump();
    expect(rebuilt.membership).toHaveLength(1);

    stop.abort();
    await Promise.all([running, built.rest]);
    const direct = await engine.open();
    await direct.catchUp(events.map((event, index) => ({ ...event, position: BigInt(index + 1) as Position })));
    expect(rebuilt).toEqual(await viewSnapshot(direct.view.liveReads, tenant));
    await direct.remove();

    await temporary.view.catalogue.drop(1);
    expect((await temporary.view.catalogue.list()).map(({ state }) => state)).toEqual(['dropped', 'live']);
  });
});
