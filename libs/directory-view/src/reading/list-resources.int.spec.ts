import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TenantId } from '#kernel';
import { type ResolvedAttribute, type ResolvedFilter, type ResourceTypeName, parseAttributePath } from '#scim-protocol';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewUnderTest, describeViews } from '../testing/view-engines.js';
import type { DirectoryQuery, ResourcePage } from './directory-reader.js';
import type { Keyset } from './keyset.js';
import { decodeCursor, encodeCursor } from './list-cursor.js';

const [acme, globex] = sampleTenants;
const scope = { tenant: acme, type: 'User' };
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

  it('is walked by cursors of a limited length, however long the texts and whatever they have in common', async () => {
    const text = fc.tuple(
      fc.constantFrom(510, 511, 512, 513, 40_000),
      fc.constantFrom('x', '\u{1F600}'),
      fc.constantFrom('', 'a'),
    );
    const sampled = fc.array(fc.option(text), { minLength: 1, maxLength: 8 });
    let samples = 0;
    const property = fc.asyncProperty(
      sampled,
      fc.boolean(),
      fc.integer({ min: 1, max: 3 }),
      async (sample, descending, count) => {
        const tenant = `sample-${samples++}` as TenantId;
        const sorted = sample.map((choice, place) => {
          const [length, character, end] = choice ?? [];
          const title = character?.repeat(length ?? 0).concat(end ?? '');
          log.provision(tenant, 'User', place, { userName: `u${place}`, ...(title !== undefined && { title }) });
          // Above all texts, as what has no value is.
          return { place, key: Buffer.from(title === undefined ? '\u{10FFFF}' : [...title].slice(0, 512).join('')) };
        });
        sorted.sort((a, b) => (descending ? -1 : 1) * Buffer.compare(a.key, b.key) || a.place - b.place);
        const expected = sorted.map(({ place }) => place);
        await temporary.catchUp(log.events);
        const sort = { attribute: attribute('title'), descending };
        const whole = await page({ sort, page: { kind: 'index', startIndex: 1, count: 100 } }, tenant);
        expect(placesOf(whole)).toEqual(expected);
        expect((await walk(sort, count, 'next', undefined, tenant)).flat()).toEqual(expected);
        expect(await walkBack(sort, count, tenant)).toEqual(expected);
      },
    );
    await fc.assert(property, { numRuns: engine.samples(60) });
  });

  it('is read, or its cursor is refused, wherever somebody made a cursor lead', async () => {
    const seq = fc.oneof(
      fc.nat().map(String),
      fc.constantFrom('9223372036854775807', '9223372036854775808', '9'.repeat(19)),
    );
    const sortValue = fc.constantFrom(
      undefined,
      null,
      true,
      false,
      0,
      1,
      -1,
      1.5,
      1e308,
      '',
      'x',
      '1',
      'a\0',
      '\ud800',
    );
    const direction = fc.constantFrom('after' as const, 'before' as const);
    const by = fc.constantFrom(undefined, 'userName', 'active', 'emails', 'meta.created', 'id');
    const place = fc.record({ direction, seq, sortValue }).map(({ sortValue, ...rest }) => {
      return (sortValue === undefined ? rest : { ...rest, sortValue }) as Keyset;
    });
    const property = fc.asyncProperty(by, fc.boolean(), place, async (by, descending, place) => {
      const sort = by === undefined ? undefined : { attribute: attribute(by), descending };
      const from = decodeCursor(scope, encodeCursor(scope, place), sort?.attribute);
      if (!from.ok) return expect(from.error).toMatchObject({ status: 400, scimType: 'invalidCursor' });
      const query = { ...(sort && { sort }), page: { kind: 'cursor', count: 2, from: from.value } } as const;
      expect(placesOf(await page(query)).length).toBeLessThanOrEqual(2);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  async function walk(
    sort: DirectoryQuery['sort'],
    count: number,
    direction: 'next' | 'previous',
    start: Keyset | undefined,
    tenant = acme,
  ): Promise<number[][]> {
    const pages: number[][] = [];
    for (let from = start; ;) {
      const found = await page(
        { ...(sort && { sort }), page: { kind: 'cursor', count, ...(from && { from }) } },
        tenant,
      );
      pages.push(placesOf(found));
      from = throughCursor(found[direction], sort);
      if (!from) return pages;
    }
  }

  /** Goes to the last page, then page by page back to the first. */
  async function walkBack(sort: DirectoryQuery['sort'], count: number, tenant = acme): Promise<number[]> {
    const on = (from?: Keyset) =>
      page({ ...(sort && { sort }), page: { kind: 'cursor', count, ...(from && { from }) } }, tenant);
    let last: ResourcePage = await on();
    while (last.next) last = await on(throughCursor(last.next, sort));
    if (!last.previous) return placesOf(last);
    const back = await walk(sort, count, 'previous', throughCursor(last.previous, sort), tenant);
    return [...back.reverse().flat(), ...placesOf(last)];
  }

  /** What the client gets and sends back; the address of a request has to have room for it. */
  function throughCursor(place: Keyset | undefined, sort: DirectoryQuery['sort']): Keyset | undefined {
    if (!place) return undefined;
    const cursor = encodeCursor(scope, place);
    expect(cursor.length).toBeLessThan(5_000);
    const decoded = decodeCursor(scope, cursor, sort?.attribute);
    if (!decoded.ok) throw new Error(decoded.error.detail);
    return decoded.value;
  }
});
