import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { type ResolvedFilter, parseFilter, resolveFilter } from '#scim-protocol';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { TemporaryPostgresView } from '../testing/temporary-postgres-view.js';

const [tenant] = sampleTenants;
const wholeList = { kind: 'index', startIndex: 1, count: 10 } as const;

function filterBy(path: string, literal: string): ResolvedFilter {
  const parsed = parseFilter(`${path} eq "x"`);
  const resolved = parsed.ok ? resolveFilter(sampleRegistry, 'User', parsed.value) : parsed;
  if (!resolved.ok) throw new Error(resolved.error.detail);
  return { ...resolved.value, literal } as ResolvedFilter;
}

/** The edge refuses them; a log may have them from elsewhere. */
describe('texts that PostgreSQL cannot hold', () => {
  let database: TemporaryDatabase;
  let temporary: TemporaryPostgresView;
  const log = new SampleLog();
  const strange = ['a\0b', 'a\ud800b', 'a\ufffdb', 'a\u001ab', 'a\\u0000b'];

  beforeAll(async () => {
    database = await TemporaryDatabase.create();
    temporary = await TemporaryPostgresView.open(database);
    strange.forEach((text, place) => {
      log.provision(tenant, 'User', place, { userName: text, title: text, emails: [{ value: text }] });
    });
    log.provision(tenant, 'Group', 0, { displayName: strange[0] as string });
    const added = strange.map((value) => ({ value, display: value }));
    log.add(tenant, 'Group', 0, (groupId) => {
      return { type: 'GroupMembershipChanged', data: { groupId, added, removed: [] } };
    });
    await temporary.catchUp(log.events);
  });
  afterAll(async () => {
    await temporary.remove();
    await database.drop();
  });

  it.each(strange.map((text, place) => [JSON.stringify(text), text, place] as const))(
    'come back as they were, and are told from each other: %s',
    async (_, text, place) => {
      const { reader } = temporary.view;
      const id = log.idAt(tenant, 'User', place) as string;
      const found = await reader.find(tenant, 'User', id);
      expect(JSON.parse(`${found?.head}}}`)).toMatchObject({ userName: text });
      for (const path of ['userName', 'title', 'emails.value']) {
        const page = await reader.list(tenant, 'User', { filter: filterBy(path, text), page: wholeList });
        expect(page).toMatchObject({ ok: true, value: { totalResults: 1, resources: [{ id }] } });
      }
    },
  );

  it('name members', async () => {
    const group = log.idAt(tenant, 'Group', 0) as string;
    const { members } = await temporary.view.reader.membersAmong(tenant, group, strange);
    expect(new Set(members.map(({ value }) => value))).toEqual(new Set(strange));
    const shown = await temporary.view.reader.groupWithMembers(tenant, group, '');
    const all = JSON.parse(shown?.members ?? '') as { display: string }[];
    expect(new Set(all.map(({ display }) => display))).toEqual(new Set(strange));
  });

  it('are asked for in vain where nothing has them', async () => {
    const { reader } = temporary.view;
    for (const text of ['\0', '\udfff', 'x\0']) {
      expect(await reader.find(tenant, 'User', text)).toBeUndefined();
      expect(await reader.groupsWithMember(tenant, text)).toEqual([]);
      expect(await reader.provisionedAmong(tenant, [text])).toEqual(new Set());
      const page = await reader.list(tenant, 'User', { filter: filterBy('title', text), page: wholeList });
      expect(page).toMatchObject({ ok: true, value: { totalResults: 0 } });
    }
  });

  it('are a place in a sorted list that reading can go on from', async () => {
    const attribute = sampleRegistry.resolve('User', { attribute: 'title' });
    if (!attribute) throw new Error('title is no attribute.');
    const seen: string[] = [];
    const sort = { attribute, descending: false };
    let page = await temporary.view.reader.list(tenant, 'User', { sort, page: { kind: 'cursor', count: 1 } });
    for (;;) {
      if (!page.ok) throw new Error(page.error.detail);
      seen.push(...page.value.resources.map(({ id }) => id));
      const { next: from } = page.value;
      if (!from) break;
      page = await temporary.view.reader.list(tenant, 'User', { sort, page: { kind: 'cursor', count: 1, from } });
    }
    expect(seen).toHaveLength(strange.length);
    expect(new Set(seen).size).toBe(strange.length);
  });
});
