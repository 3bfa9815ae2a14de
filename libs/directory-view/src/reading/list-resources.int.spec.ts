import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ResolvedAttribute, type ResolvedFilter, type ResourceTypeName, parseAttributePath } from '#scim-protocol';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewUnderTest, describeViews } from '../testing/view-engines.js';
import type { DirectoryQuery, ResourcePage } from './directory-reader.js';
import type { Keyset } from './keyset.js';

const [acme, globex] = sampleTenants;
const titles = ['b', undefined, 'a', 'B', undefined, 'c', 'a'];

function attribute(path: string): ResolvedAttribute {
  const parsed = parseAttributePath(path);
  const resolved = parsed && sampleRegistry.resolve('User', parsed);
  if (!resolved) throw new Error(`${path} is no attribute.`);
  return resolved;
}

describeViews('a list of resources', (engine) => {
  let temporary: ViewUnderTest;
  const log = new SampleLog();

  beforeAll(async () => {
    temporary = await engine.open();
    titles.forEach((title, place) => {
      const emails = [{ value: `z${place}@x` }, { value: `${9 - place}@x`, primary: true }];
      const user = { userName: `u${place}`, active: place % 2 === 0, emails, ...(title !== undefined && { title }) };
      log.provision(acme, 'User', place, user);
    });
    log.provision(acme, 'Group', 0, { displayName: 'Group' });
    log.provision(globex, 'User', 0, { userName: 'u0' });
    await temporary.catchUp(log.events);
  });
  afterAll(() => temporary.remove());

  async function page(query: DirectoryQuery, tenant = acme, type: ResourceTypeName = 'User'): Promise<ResourcePage> {
    const found = await temporary.view.reader.list(tenant, type, query);
    if (!found.ok) throw new Error(found.error.detail);
    return found.value;
  }
  const placesOf = ({ resources }: ResourcePage) =>
    resources.map(({ head }) => Number(/"userName":"u(\d)"/.exec(head)?.[1]));

  it('is in the order of creation and counts the tenant and type only', async () => {
    const found = await page({ page: { kind: 'index', startIndex: 1, count: 100 } });
    expect(placesOf(found)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(found.totalResults).toBe(7);
    expect((await page({ page: { kind: 'index', startIndex: 1, count: 1 } }, globex)).totalResults).toBe(1);
    expect((await page({ page: { kind: 'index', startIndex: 1, count: 0 } }, acme, 'Group')).totalResults).toBe(1);
    expect((await page({ page: { kind: 'index', startIndex: 1, count: 9 } }, globex, 'Group')).totalResults).toBe(0);
  });

  it('is cut into pages by index, with the total on each of them', async () => {
    for (const [startIndex, places] of [
      [1, [0, 1, 2]],
      [4, [3, 4, 5]],
      [7, [6]],
      [8, []],
      [Number.MAX_VALUE, []],
    ] as const) {
      const found = await page({ page: { kind: 'index', startIndex, count: 3 } });
      expect(placesOf(found)).toEqual(places);
      expect(found.totalResults).toBe(7);
    }
  });

  it.each([
    ['title', false, [2, 6, 0, 3, 5, 1, 4]],
    ['title', true, [1, 4, 5, 0, 3, 2, 6]],
    ['active', false, [1, 3, 5, 0, 2, 4, 6]],
    ['emails', false, [6, 5, 4, 3, 2, 1, 0]],
    ['emails.value', true, [0, 1, 2, 3, 4, 5, 6]],
    ['meta.created', true, [6, 5, 4, 3, 2, 1, 0]],
    ['id', false, [0, 1, 2, 3, 4, 5, 6]],
    ['userName', true, [6, 5, 4, 3, 2, 1, 0]],
  ] as const)(
    'is sorted by %s (descending: %s), and every page size walks it forth and back',
    async (by, descending, expected) => {
      const sort = { attribute: attribute(by), descending };
      const whole = await page({ sort, page: { kind: 'index', startIndex: 1, count: 100 } });
      expect(placesOf(whole)).toEqual(expected);
      for (const count of [1, 2, 3, 7, 10]) {
        const pages = await walk(sort, count, 'next', undefined);
        expect(pages.flat()).toEqual(expected);
        expect(await walkBack(sort, count)).toEqual(expected);
      }
    },
  );

  it('walks in the order of creation by cursor, and says where it ends', async () => {
    expect(await walk(undefined, 3, 'next', undefined)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(await walkBack(undefined, 2)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const first = await page({ page: { kind: 'cursor', count: 3 } });
    expect(first.previous).toBeUndefined();
    expect(first.totalResults).toBe(7);
  });

  it.each([
    ['none', 'zzz'],
    ['the only one', 'c'],
    ['several', 'a'],
  ])('is the same for a look-up that finds %s as for a search that goes through all', async (_, title) => {
    const target = attribute('title');
    const lookUp: ResolvedFilter = { kind: 'compare', operator: 'eq', target, literal: title };
    const search: ResolvedFilter = { kind: 'and', left: lookUp, right: lookUp };
    for (const count of [0, 1, 2, 9]) {
      for (const startIndex of [0, 1, 2]) {
        const byIndex = { kind: 'index', startIndex, count } as const;
        expect(await page({ filter: lookUp, page: byIndex })).toEqual(await page({ filter: search, page: byIndex }));
      }
      const byCursor = { kind: 'cursor', count } as const;
      const first = await page({ filter: lookUp, page: byCursor });
      expect(first).toEqual(await page({ filter: search, page: byCursor }));
      if (!first.next) continue;
      const second = { ...byCursor, from: first.next };
      expect(await page({ filter: lookUp, page: second })).toEqual(await page({ filter: search, page: second }));
    }
  });

  it('cannot be sorted by what the view does not keep', async () => {
    const query = { sort: { attribute: attribute('meta.location'), descending: false } };
    const found = await temporary.view.reader.list(acme, 'User', {
      ...query,
      page: { kind: 'index', startIndex: 1, count: 1 },
    });
    expect(found).toMatchObject({ ok: false, error: { status: 400 } });
  });

  async function walk(
    sort: DirectoryQuery['sort'],
    count: number,
    direction: 'next' | 'previous',
    start: Keyset | undefined,
  ): Promise<number[][]> {
    const pages: number[][] = [];
    for (let from = start; ;) {
      const found = await page({ ...(sort && { sort }), page: { kind: 'cursor', count, ...(from && { from }) } });
      pages.push(placesOf(found));
      from = found[direction];
      if (!from) return pages;
    }
  }

  /** Goes to the last page, then page by page back to the first. */
  async function walkBack(sort: DirectoryQuery['sort'], count: number): Promise<number[]> {
    let last: ResourcePage = await page({ ...(sort && { sort }), page: { kind: 'cursor', count } });
    while (last.next) last = await page({ ...(sort && { sort }), page: { kind: 'cursor', count, from: last.next } });
    if (!last.previous) return placesOf(last);
    const back = await walk(sort, count, 'previous', last.previous);
    return [...back.reverse().flat(), ...placesOf(last)];
  }
});
