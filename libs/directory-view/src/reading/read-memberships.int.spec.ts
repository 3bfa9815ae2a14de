import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ResourceId } from '#kernel';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewUnderTest, describeViews } from '../testing/view-engines.js';

const [tenant, other] = sampleTenants;
const base = 'https://scim.example/tenants/acme/scim/v2';

describeViews('reading memberships', (engine) => {
  let temporary: ViewUnderTest;
  const log = new SampleLog([1_000]);
  const add = (place: number, ...added: { value: string; type?: string; display?: string }[]) =>
    log.add(tenant, 'Group', place, (groupId) => ({
      type: 'GroupMembershipChanged',
      data: { groupId, added, removed: [] },
    }));
  const remove = (place: number, ...removed: string[]) =>
    log.add(tenant, 'Group', place, (groupId) => ({
      type: 'GroupMembershipChanged',
      data: { groupId, added: [], removed },
    }));
  const lastChange = () => log.events.at(-1)?.metadata.occurredAt as number;
  let ann: ResourceId;
  let staff: ResourceId;
  let crowd: ResourceId;
  let beforeAnn: number;
  let annCame: number;
  let annLeft: number;

  beforeAll(async () => {
    temporary = await engine.open();
    ann = log.provision(tenant, 'User', 0, { userName: 'ann' });
    staff = log.provision(tenant, 'Group', 0, { displayName: 'Staff "A"' });
    crowd = log.provision(tenant, 'Group', 1, { displayName: 'Crowd' });
    beforeAnn = lastChange();
    add(0, { value: ann });
    annCame = lastChange();
    remove(0, ann);
    annLeft = lastChange();
    add(0, { value: ann, display: 'Ann' }, { value: crowd }, { value: 'somebody', type: 'user' }, { value: 'thing' });
    add(1, ...Array.from({ length: 2_500 }, (_, index) => ({ value: `member-${index}` })));
    await temporary.catchUp(log.events);
  });
  afterAll(() => temporary.remove());

  it('lists the groups of a user as RFC 7643 has them', async () => {
    const text = await temporary.view.reader.groupsOf(tenant, ann, base);
    expect(JSON.parse(text ?? '')).toEqual([
      { value: staff, $ref: `${base}/Groups/${staff}`, display: 'Staff "A"', type: 'direct' },
    ]);
    expect(await temporary.view.reader.groupsOf(tenant, 'nobody', base)).toBeUndefined();
    expect(await temporary.view.reader.groupsOf(other, ann, base)).toBeUndefined();
  });

  it('says of a resource whether there are any groups to list', async () => {
    const { reader } = temporary.view;
    expect(await reader.find(tenant, 'User', ann)).toMatchObject({ isMember: true });
    expect(await reader.find(tenant, 'Group', crowd)).toMatchObject({ isMember: true });
    expect(await reader.find(tenant, 'Group', staff)).toMatchObject({ isMember: false });
    for (const kind of ['index', 'cursor'] as const) {
      const users = await reader.list(tenant, 'User', { page: { kind, startIndex: 1, count: 1 } });
      expect(users).toMatchObject({ ok: true, value: { resources: [{ id: ann, isMember: true }] } });
    }
  });

  it('knows what members are from the log where the client did not say', async () => {
    const group = await temporary.view.reader.groupWithMembers(tenant, staff, base);
    expect(JSON.parse(group?.members ?? '')).toEqual([
      { value: crowd, $ref: `${base}/Groups/${crowd}`, type: 'Group' },
      { value: 'somebody', $ref: `${base}/Users/somebody`, type: 'user' },
      { value: 'thing' },
      { value: ann, $ref: `${base}/Users/${ann}`, type: 'User', display: 'Ann' },
    ]);
    expect(await temporary.view.reader.groupWithMembers(tenant, 'nothing', base)).toBeUndefined();
  });

  it('reads a large group on one snapshot while others work and write', async () => {
    const begun = Promise.withResolvers<void>();
    const reading = temporary.view.reader.groupWithMembers(tenant, crowd, base, (members) => {
      begun.resolve();
      return members;
    });
    await begun.promise;
    remove(1, 'member-0', 'member-999');
    await temporary.catchUp(log.events);
    const before = await reading;
    const members = JSON.parse(before?.members ?? '') as { value: string }[];
    expect(new Set(members.map(({ value }) => value)).size).toBe(2_500);
    const later = await temporary.view.reader.groupWithMembers(tenant, crowd, base);
    expect(JSON.parse(later?.members ?? '')).toHaveLength(2_498);
    expect(later?.revision).toBe((before?.revision ?? 0) + 1);
  });

  it('has members shown in pieces, and leaves out those of which nothing is', async () => {
    const pieces: string[] = [];
    const group = await temporary.view.reader.groupWithMembers(tenant, crowd, base, (members) => {
      pieces.push(members);
      return pieces.length === 2 ? '' : members;
    });
    const lengths = pieces.map((piece) => (JSON.parse(`[${piece}]`) as unknown[]).length);
    expect(Math.max(...lengths)).toBe(1_000);
    const shown = `[${pieces.filter((piece, index) => piece !== '' && index !== 1).join(',')}]`;
    expect(JSON.parse(group?.members ?? '')).toEqual(JSON.parse(shown));
  });

  it('tells which of some ids are members, as of which revision', async () => {
    const { revision, members } = await temporary.view.reader.membersAmong(tenant, staff, [ann, 'nobody', 'thing']);
    expect(revision).toBe(3);
    expect(new Set(members.map(({ value }) => value))).toEqual(new Set([ann, 'thing']));
    expect(members.find(({ value }) => value === ann)).toMatchObject({ type: 'User' });
    expect(await temporary.view.reader.membersAmong(tenant, staff, [])).toEqual({ revision: 3, members: [] });
    const missing = await temporary.view.reader.membersAmong(tenant, 'nothing', [ann]);
    expect(missing).toEqual({ revision: undefined, members: [] });
  });

  it('lists all members of a group and all groups of a member', async () => {
    const { revision, members } = await temporary.view.reader.allMembers(tenant, staff);
    expect(revision).toBe(3);
    expect(new Set(members.map(({ value }) => value))).toEqual(new Set([ann, crowd, 'somebody', 'thing']));
    expect(await temporary.view.reader.groupsWithMember(tenant, ann)).toEqual([staff]);
    expect(await temporary.view.reader.groupsWithMember(tenant, crowd)).toEqual([staff]);
    expect(await temporary.view.reader.groupsWithMember(other, crowd)).toEqual([]);
  });

  it('tells which of some ids are resources of the tenant', async () => {
    const { reader } = temporary.view;
    expect(await reader.provisionedAmong(tenant, [ann, 'somebody', crowd])).toEqual(new Set([ann, crowd]));
    expect(await reader.provisionedAmong(other, [ann])).toEqual(new Set());
  });

  it('says who was in a group at an instant', async () => {
    const at = (instant: number) => temporary.view.reader.membersAt(tenant, staff, instant);
    expect(await at(beforeAnn)).toEqual([]);
    expect(await at(annCame)).toEqual([ann]);
    expect(await at(annLeft - 1)).toEqual([ann]);
    expect(await at(annLeft)).toEqual([]);
    expect(await at(Date.UTC(2100, 0))).toHaveLength(4);
  });
});
