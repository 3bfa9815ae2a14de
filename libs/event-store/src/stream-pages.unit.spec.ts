import { describe, expect, it } from '@jest/globals';
import { InMemoryEventStore } from './in-memory-event-store.js';
import type { Revision } from './stream-name.js';
import { streamPages } from './stream-pages.js';
import { aliceStream, appendTo, given, sampleEvents } from './testing/index.js';

async function storeWith(events: number): Promise<InMemoryEventStore> {
  const store = new InMemoryEventStore();
  if (events > 0) await given(store, appendTo(aliceStream, 'no-stream', ...sampleEvents(events)));
  return store;
}

async function pagesOf(store: InMemoryEventStore, from: number, end?: number): Promise<number[][]> {
  const pages: number[][] = [];
  for await (const page of streamPages(store, aliceStream, from as Revision, end)) {
    pages.push(page.map(({ revision }) => revision));
  }
  return pages;
}

const upTo = (from: number, end: number) => Array.from({ length: end - from }, (_, index) => from + index);

describe('streamPages', () => {
  it.each([0, 1, 255, 256, 257, 512, 700])('yields every one of %i events once, in order', async (events) => {
    const pages = await pagesOf(await storeWith(events), 0);
    expect(pages.flat()).toEqual(upTo(0, events));
    for (const page of pages) expect(page.length).toBeGreaterThan(0);
  });

  it('begins at the revision asked for and stops before the end asked for', async () => {
    const store = await storeWith(700);
    expect((await pagesOf(store, 100, 612)).flat()).toEqual(upTo(100, 612));
    expect(await pagesOf(store, 5, 5)).toEqual([]);
    expect((await pagesOf(store, 690, 1_000)).flat()).toEqual(upTo(690, 700));
  });

  it('lets others run between two pages', async () => {
    const store = await storeWith(600);
    let turns = 0;
    let reading = true;
    const others = (async () => {
      for (; reading; turns++) await new Promise((resolve) => setImmediate(resolve));
    })();
    const pages = await pagesOf(store, 0);
    reading = false;
    await others;
    expect(turns).toBeGreaterThanOrEqual(pages.length - 1);
  });
});
