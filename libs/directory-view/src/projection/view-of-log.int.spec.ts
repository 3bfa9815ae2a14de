import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { arbitraryLog, sampleTenants } from '../testing/arbitrary-log.js';
import { foldOfLog } from '../testing/fold-of-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewEngine, describeViews } from '../testing/view-engines.js';
import { viewSnapshot } from '../testing/view-snapshot.js';

async function dumpsOf(engine: ViewEngine, { events }: SampleLog, batchSize: number) {
  const temporary = await engine.open();
  try {
    await temporary.catchUp(events, batchSize);
    return await Promise.all(sampleTenants.map((tenant) => viewSnapshot(temporary.view.liveReads, tenant)));
  } finally {
    await temporary.remove();
  }
}

describeViews('the view of a log', (engine) => {
  it('is the fold of the log, whatever happened in it', async () => {
    const property = fc.asyncProperty(arbitraryLog(), fc.integer({ min: 1, max: 40 }), async (log, batchSize) => {
      const expected = sampleTenants.map((tenant) => foldOfLog(sampleRegistry, tenant, log.events));
      expect(await dumpsOf(engine, log, batchSize)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: engine.samples(100) });
  });

  it('is equal byte for byte, whatever batches the log came in', async () => {
    const property = fc.asyncProperty(arbitraryLog(), fc.integer({ min: 2, max: 30 }), async (log, batchSize) => {
      expect(await dumpsOf(engine, log, batchSize)).toEqual(await dumpsOf(engine, log, 1));
    });
    await fc.assert(property, { numRuns: engine.samples(40) });
  });

  it.each([1, 100])('knows a member for what it was at the time, in batches of %i', async (batchSize) => {
    const log = new SampleLog();
    const [tenant] = sampleTenants;
    const add = (value: string) =>
      log.add(tenant, 'Group', 0, (groupId) => {
        return { type: 'GroupMembershipChanged', data: { groupId, added: [{ value }], removed: [] } };
      });
    log.provision(tenant, 'Group', 0, { displayName: 'Staff' });
    add('user-2');
    log.provision(tenant, 'User', 0, { userName: 'came later' });
    const gone = log.provision(tenant, 'User', 1, { userName: 'left before' });
    const events = [...log.events];
    log.deprovision(tenant, 'User', 1);
    add(gone);
    const temporary = await engine.open();
    try {
      await temporary.catchUp(events, batchSize);
      await temporary.catchUp(log.events, batchSize);
      const id = log.idAt(tenant, 'Group', 0) ?? '';
      const group = await temporary.view.reader.groupWithMembers(tenant, id, 'https://scim');
      expect(JSON.parse(group?.members ?? '')).toEqual([{ value: 'user-2' }, { value: gone }]);
    } finally {
      await temporary.remove();
    }
  });

  it('forgets an e-mail address that a change replaced', async () => {
    const log = new SampleLog();
    const [tenant] = sampleTenants;
    log.provision(tenant, 'User', 0, { userName: 'ann', emails: [{ value: 'old@x' }, { value: 'kept@x' }] });
    log.add(tenant, 'User', 0, (userId) => {
      const assigned = { emails: [{ value: 'kept@x' }, { value: 'NEW@x' }] };
      return { type: 'UserProfileChanged', data: { userId, assigned, unassigned: [] } };
    });
    const [dump] = await dumpsOf(engine, log, 1);
    expect(dump?.user_email.map((line) => (JSON.parse(line) as string[])[0])).toEqual(['kept@x', 'new@x']);
  });
});
