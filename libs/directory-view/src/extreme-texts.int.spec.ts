import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { parseFilter, resolveFilter } from '#scim-protocol';
import { sampleRegistry } from './testing/arbitrary-document.js';
import { sampleTenants } from './testing/arbitrary-log.js';
import { foldOfLog } from './testing/fold-of-log.js';
import { SampleLog } from './testing/sample-log.js';
import { type ViewUnderTest, describeViews } from './testing/view-engines.js';
import { viewSnapshot } from './testing/view-snapshot.js';

const [tenant] = sampleTenants;
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Lower case, so that it is its own comparable form; random, so that no index can compress it. */
const long = (characters: number) => randomBytes(characters).toString('hex').slice(0, characters);

describeViews('texts as long as they may be', (engine) => {
  let temporary: ViewUnderTest;
  const log = new SampleLog();
  const texts = Array.from({ length: 5 }, () => long(65_536));
  const [userName, externalId, displayName, employeeNumber, email] = texts as [string, string, string, string, string];
  const memberId = '\u{65e5}'.repeat(256) + long(256);
  let user: string;
  let group: string;

  beforeAll(async () => {
    temporary = await engine.open();
    const emails = [{ value: email }];
    user = log.provision(tenant, 'User', 0, {
      ...{ userName, externalId, displayName, emails },
      [enterprise]: { employeeNumber },
    });
    log.provision(tenant, 'User', 1, { userName: `${userName.slice(0, -1)}!` });
    group = log.provision(tenant, 'Group', 0, { displayName });
    log.add(tenant, 'Group', 0, (groupId) => {
      return { type: 'GroupMembershipChanged', data: { groupId, added: [{ value: memberId }], removed: [] } };
    });
    await temporary.catchUp(log.events);
  });
  afterAll(() => temporary.remove());

  it('are kept', async () => {
    expect(await viewSnapshot(temporary.view.liveReads, tenant)).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it.each([
    ['userName', userName],
    ['externalId', externalId],
    ['displayName', displayName],
    [`${enterprise}:employeeNumber`, employeeNumber],
    ['emails.value', email],
  ])('are found by %s', async (path, value) => {
    // Longer than a filter in a request may be; the view does not rely on that.
    const parsed = parseFilter(`${path} eq "x"`);
    const resolved = parsed.ok ? resolveFilter(sampleRegistry, 'User', parsed.value) : parsed;
    if (!resolved.ok) throw new Error(resolved.error.detail);
    const filter = { ...resolved.value, literal: value } as typeof resolved.value;
    const page = { kind: 'index', startIndex: 1, count: 10 } as const;
    const found = await temporary.view.reader.list(tenant, 'User', { filter, page });
    expect(found).toMatchObject({ ok: true, value: { totalResults: 1, resources: [{ id: user }] } });
  });

  it('name members', async () => {
    const { reader } = temporary.view;
    const { members } = await reader.membersAmong(tenant, group, [memberId, `${memberId.slice(0, -1)}!`]);
    expect(members).toEqual([{ value: memberId }]);
    expect(await reader.groupsWithMember(tenant, memberId)).toEqual([group]);
  });
});
