import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import { projectionTargetContract } from '#projections/testing';
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
});
