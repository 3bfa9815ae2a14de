import { describe, expect, it } from '@jest/globals';
import { ok } from '#kernel';
import type { DirectoryQuery, ListedResource, ResourcePage } from '#directory-view';
import { readBoundedPage, refuseShortPage } from './bounded-page.js';

/** Ten resources; the place of each is its number. */
const all = Array.from({ length: 10 }, (_, index): ListedResource => {
  return { id: String(index), head: '', revision: 0, isMember: false };
});

function list({ page }: DirectoryQuery): Promise<ReturnType<typeof ok<ResourcePage>>> {
  if (page.kind === 'index') {
    const resources = all.slice(page.startIndex - 1, page.startIndex - 1 + page.count);
    return Promise.resolve(ok({ totalResults: 10, resources }));
  }
  const { direction, seq } = page.from ?? { direction: 'after', seq: '-1' };
  const place = Number(seq);
  const resources =
    direction === 'after'
      ? all.slice(place + 1, place + 1 + page.count)
      : all.slice(Math.max(0, place - page.count), place);
  const next = { direction: 'after', seq: resources.at(-1)?.id ?? '' } as const;
  const previous = { direction: 'before', seq: resources[0]?.id ?? '' } as const;
  return Promise.resolve(ok({ totalResults: 10, resources, next, previous }));
}

const atMost = (most: number) => (resources: readonly ListedResource[]) =>
  Promise.resolve(resources.slice(0, most).map(({ id }) => `text ${id}`));

async function read(page: DirectoryQuery['page'], most: number) {
  const found = await readBoundedPage({ page }, list, atMost(most));
  if (!found.ok) throw new Error('The list was refused.');
  const { texts, next, previous } = found.value;
  return { texts, next: next?.seq, previous: previous?.seq };
}

describe('a page with a bound', () => {
  it('is the page asked for where that fits', async () => {
    const page = await read({ kind: 'cursor', count: 3 }, 3);
    expect(page).toEqual({ texts: ['text 0', 'text 1', 'text 2'], next: '2', previous: '0' });
  });

  it('ends early where it does not, and the next page begins there', async () => {
    const page = await read({ kind: 'cursor', count: 5, from: { direction: 'after', seq: '3' } }, 2);
    expect(page).toMatchObject({ texts: ['text 4', 'text 5'], next: '5' });
  });

  it('begins late where it is read backwards, and the page before it ends there', async () => {
    const page = await read({ kind: 'cursor', count: 5, from: { direction: 'before', seq: '8' } }, 2);
    expect(page).toMatchObject({ texts: ['text 6', 'text 7'], previous: '6' });
  });

  it('is read again where a resource of it is gone before it is shown, and refused where that never ends', async () => {
    let failures = 2;
    const complete = (resources: readonly ListedResource[]) =>
      failures-- > 0 ? Promise.resolve(undefined) : atMost(5)(resources);
    const page = { kind: 'cursor', count: 3 } as const;
    expect(await readBoundedPage({ page }, list, complete)).toMatchObject({
      ok: true,
      value: { texts: { length: 3 } },
    });
    failures = Infinity;
    expect(await readBoundedPage({ page }, list, complete)).toMatchObject({ ok: false, error: { status: 503 } });
  });

  it('is refused by index where it is short of count and of the end, with the count that fits', () => {
    const texts = ['text 2', 'text 3'];
    expect(refuseShortPage({ startIndex: 3, count: 5 }, { totalResults: 10, texts })).toMatchObject({
      status: 400,
      scimType: 'tooMany',
      detail: expect.stringContaining('Ask for 2 resources or fewer'),
    });
    expect(refuseShortPage({ startIndex: 3, count: 2 }, { totalResults: 10, texts })).toBeUndefined();
    expect(refuseShortPage({ startIndex: 9, count: 5 }, { totalResults: 10, texts })).toBeUndefined();
    expect(refuseShortPage({ startIndex: 30, count: 5 }, { totalResults: 10, texts: [] })).toBeUndefined();
  });

  it('may be empty', async () => {
    expect(await read({ kind: 'index', startIndex: 30, count: 5 }, 2)).toMatchObject({ texts: [] });
  });
});
