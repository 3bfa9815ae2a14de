import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { loadResources } from '../projection/load-resources.js';
import { loadResourceTypes } from '../projection/load-resource-types.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { ExplainedReads } from '../testing/explained-reads.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewUnderTest, describeViews } from '../testing/view-engines.js';
import { SqlDirectoryReader } from './sql-directory-reader.js';

const [tenant] = sampleTenants;
const ids = Array.from({ length: 300 }, (_, index) => `user-${index}`);

describeViews('looking rows up', (engine) => {
  let temporary: ViewUnderTest;

  beforeAll(async () => {
    temporary = await engine.open();
    const log = new SampleLog();
    log.provision(tenant, 'Group', 0, { displayName: 'Staff' });
    for (let place = 0; place < 900; place++) log.provision(tenant, 'User', place, { userName: `u${place}` });
    const added = Array.from({ length: 2_000 }, (_, index) => ({ value: `member-${index}` }));
    log.add(tenant, 'Group', 0, (groupId) => {
      return { type: 'GroupMembershipChanged', data: { groupId, added, removed: [] } };
    });
    // Too few events for statistics to be made of them: what an engine believes of tables that have just grown.
    await temporary.catchUp(log.events);
  });
  afterAll(() => temporary.remove());

  it.each([
    [
      'a resource',
      'r',
      /resource_key .*\bid ?=/,
      (reader: SqlDirectoryReader) => reader.find(tenant, 'User', 'user-1'),
    ],
    [
      'members among some ids',
      'm',
      /(membership_key|membership_by_member|primary_key) .*member_id ?=/,
      (reader: SqlDirectoryReader) => reader.membersAmong(tenant, 'group-1', ids),
    ],
    [
      'resources among some ids',
      'r',
      /resource_key .*\bid ?=/,
      (reader: SqlDirectoryReader) => reader.provisionedAmong(tenant, ids),
    ],
    [
      'groups of a member',
      'm',
      /membership_by_member .*member_id ?=/,
      (reader: SqlDirectoryReader) => reader.groupsWithMember(tenant, 'member-1'),
    ],
    [
      'what a batch is about',
      'r',
      /resource_key .*\bid ?=/,
      (_: SqlDirectoryReader, reads: ExplainedReads) => loadResources(reads, tenant, 'User', ids),
    ],
    [
      'what members are',
      'r',
      /resource_key .*\bid ?=/,
      (_: SqlDirectoryReader, reads: ExplainedReads) => loadResourceTypes(reads, tenant, ids),
    ],
  ])('goes by the whole key for %s, whatever the engine knows of the table', async (_, table, by, read) => {
    const reads = new ExplainedReads(temporary.view.liveReads);
    await read(new SqlDirectoryReader(() => reads), reads);
    const steps = reads.steps.filter((step) => step.split(' ')[1] === table);
    expect(steps).toContainEqual(expect.stringMatching(by));
    expect(reads.steps).not.toContainEqual(expect.stringMatching(/^SCAN [rm]\b/));
  });
});
