import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { type EventPlace, placeOf, type SourceLog } from '#projections';
import { projectionTargetContract, sourceLogAt } from '#projections/testing';
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

  it.each([
    ['another log', { ...sampleSource, identity: 'another' }, 'it was built from another log'],
    [
      'an older copy of its log',
      { ...sampleSource, head: async () => 4n as Position },
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

  it('goes on with a log that has its last event, and is built again from one that has parted before it', async () => {
    const { events } = smallLog();
    const places = events.map(placeOf);
    const last = places.at(-1);
    const target = await temporary.view.liveTarget();
    const { epoch, checkpoint: from } = await target.acquire();
    await target.apply(events, { epoch, from, to: 7n as Position, last });
    // What comes after it is nothing to the view.
    await target.apply([], { epoch, from: 7n as Position, to: 8n as Position });
    const before = await dump();
    const reasons: string[] = [];
    const reopen = (log: SourceLog) => temporary.reopen(sampleRegistry, log, (said) => reasons.push(said));
    await reopen(sourceLogAt('sample', 9n as Position, places));
    expect(reasons).toEqual([]);
    expect(await dump()).toEqual(before);
    await reopen(
      sourceLogAt('sample', 9n as Position, [...places.slice(0, -1), { ...last, id: 'another' } as EventPlace]),
    );
    expect(reasons).toEqual([`it was built from event ${last?.id} of ${last?.stream}, which the log does not have`]);
    expect((await dump()).resource).toEqual([]);
  });
});
