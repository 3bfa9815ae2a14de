import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { JsonObject } from '#kernel';
import { type ResourceTypeName, completeResource, matchesFilter, parseFilter, resolveFilter } from '#scim-protocol';
import { arbitraryDirectory } from '../testing/arbitrary-directory.js';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { arbitraryFilter } from '../testing/arbitrary-filter.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewUnderTest, describeViews } from '../testing/view-engines.js';
import { ExplainedReads } from '../testing/explained-reads.js';
import { listResources } from '../reading/list-resources.js';
import { sql } from '../sql/sql-text.js';
import { compileFilter } from './compile-filter.js';

const [tenant] = sampleTenants;
const wholeList = { page: { kind: 'index', startIndex: 1, count: 1_000 } } as const;

/** The resources of a type as GET returns them. */
async function resources({ view: { reader } }: ViewUnderTest, type: ResourceTypeName): Promise<JsonObject[]> {
  const page = await reader.list(tenant, type, wholeList);
  if (!page.ok) throw new Error(page.error.detail);
  return Promise.all(
    page.value.resources.map(async ({ id, head }) => {
      const groups = await reader.groupsOf(tenant, id, 'https://scim');
      const group = await reader.groupWithMembers(tenant, id, 'https://scim');
      const spliced = type === 'User' ? { groups } : { members: group?.members };
      return JSON.parse(completeResource(head, { location: `https://scim/${id}`, ...spliced })) as JsonObject;
    }),
  );
}

function parsed(type: ResourceTypeName, text: string) {
  const filter = parseFilter(text);
  const resolved = filter.ok ? resolveFilter(sampleRegistry, type, filter.value) : filter;
  if (!resolved.ok) throw new Error(resolved.error.detail);
  return resolved.value;
}

/** Large enough that an engine which knows how many rows there are goes by an index. */
function sizeableLog(): SampleLog {
  const log = new SampleLog();
  for (let place = 0; place < 2_000; place++) {
    const names = { userName: `u${place}`, externalId: `e${place}`, displayName: `d${place}`, title: `t${place % 7}` };
    log.provision(tenant, 'User', place, { ...names, emails: [{ value: `u${place}@x`, type: 'work' }] });
  }
  for (let place = 0; place < 400; place++) {
    log.provision(tenant, 'Group', place, { displayName: `g${place}` });
    const added = Array.from({ length: 50 }, (_, index) => ({ value: `user-${place + index}` }));
    log.add(tenant, 'Group', place, (groupId) => {
      return { type: 'GroupMembershipChanged', data: { groupId, added, removed: [] } };
    });
  }
  return log;
}

describeViews('a filter as SQL', (engine) => {
  it.each(['User', 'Group'] as const)('finds exactly the %ss that the filter matches', async (type) => {
    let telling = 0;
    const property = fc.asyncProperty(
      arbitraryDirectory(type),
      fc.array(arbitraryFilter(type), { minLength: 40, maxLength: 40 }),
      async (log, filters) => {
        const temporary = await engine.open();
        try {
          await temporary.catchUp(log.events);
          const all = await resources(temporary, type);
          for (const filter of filters) {
            const page = await temporary.view.reader.list(tenant, type, { ...wholeList, filter });
            if (!page.ok) {
              expect(page.error.scimType).toBe('invalidFilter');
              continue;
            }
            const expected = all.filter((resource) => matchesFilter(filter, resource)).map(({ id }) => id);
            expect(page.value.resources.map(({ id }) => id)).toEqual(expected);
            expect(page.value.totalResults).toBe(expected.length);
            if (expected.length > 0 && expected.length < all.length) telling += 1;
          }
        } finally {
          await temporary.remove();
        }
      },
    );
    await fc.assert(property, { numRuns: engine.samples(50) });
    expect(telling).toBeGreaterThan(engine.samples(200));
  });

  describe('of a directory of some size', () => {
    let temporary: ViewUnderTest;
    beforeAll(async () => {
      temporary = await engine.open();
      await temporary.catchUp(sizeableLog().events);
      // As PostgreSQL does by itself soon after many rows have come.
      if (engine.name === 'PostgreSQL') await temporary.view.liveReads.rows(sql`ANALYZE`);
    });
    afterAll(() => temporary.remove());

    it.each([
      ['User', 'userName eq "a"', 'resource_by_user_name_key'],
      ['User', 'externalId eq "a"', 'resource_by_external_id_key'],
      ['User', 'displayName eq "a"', 'resource_by_display_name_key'],
      ['Group', 'displayName eq "a"', 'resource_by_display_name_key'],
      ['User', 'active eq true and userName eq "a"', 'resource_by_user_name_key'],
      [
        'User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber eq "1"',
        'resource_by_employee_number_key',
      ],
      ['User', 'emails.value eq "a"', 'resource_key'],
      ['User', 'emails[type eq "work"].value eq "a"', 'resource_key'],
      ['User', 'title sw "x" and emails[value eq "a" and type eq "work"]', 'resource_key'],
      ['User', 'id eq "a"', 'resource_key'],
      ['User', 'groups.value eq "a"', 'resource_key'],
      ['Group', 'members eq "a"', 'resource_key'],
      ['Group', 'id eq "g" and members eq "a"', 'resource_key'],
      ['User', 'id eq "a" or id eq "b"', 'resource_key'],
      ['User', 'userName eq "a" or userName eq "b"', 'resource_by_user_name_key'],
    ] as const)('is looked up, not scanned for: %s %s', async (type, text, index) => {
      const reads = new ExplainedReads(temporary.view.liveReads);
      await listResources(reads, tenant, type, { ...wholeList, filter: parsed(type, text) });
      expect(reads.steps).toContainEqual(expect.stringMatching(new RegExp(`^SEARCH r USING INDEX ${index}`)));
      expect(reads.steps).not.toContainEqual(expect.stringMatching(/^SCAN [rcmg]\b|USING INDEX resource_by_seq/));
    });
  });

  it('refuses what the view does not keep instead of leaving it out', async () => {
    const temporary = await engine.open();
    const scope = { dialect: temporary.view.liveReads.dialect, tenant, type: 'User' } as const;
    await temporary.remove();
    expect(compileFilter(scope, parsed('User', 'userName eq "a" or groups.$ref eq "x"'))).toMatchObject({
      ok: false,
      error: { scimType: 'invalidFilter' },
    });
  });

  it.each([
    ['as many alternatives', Array.from({ length: 500 }, (_, index) => `id eq "${index}"`).join(' or ')],
    ['as many brackets', `${'not (('.repeat(25)}title pr${'))'.repeat(25)}`],
  ])('takes %s as a filter can have', async (_, text) => {
    const temporary = await engine.open();
    try {
      const page = await temporary.view.reader.list(tenant, 'User', { ...wholeList, filter: parsed('User', text) });
      expect(page.ok).toBe(true);
    } finally {
      await temporary.remove();
    }
  });
});
