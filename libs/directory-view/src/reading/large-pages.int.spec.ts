import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { SampleLog } from '../testing/sample-log.js';
import { type ViewUnderTest, describeViews } from '../testing/view-engines.js';
import type { DirectoryQuery, ResourcePage } from './directory-reader.js';

const [tenant] = sampleTenants;
const users = 40;

describeViews('a page of resources of a megabyte each', (engine) => {
  let temporary: ViewUnderTest;
  const ids: string[] = [];

  beforeAll(async () => {
    temporary = await engine.open();
    const log = new SampleLog();
    const title = 'x'.repeat(1024 * 1024);
    for (let place = 0; place < users; place++) {
      ids.push(log.provision(tenant, 'User', place, { userName: `u${place}`, title }));
    }
    await temporary.catchUp(log.events);
  });
  afterAll(() => temporary.remove());

  async function read(page: DirectoryQuery['page']): Promise<ResourcePage> {
    const found = await temporary.view.reader.list(tenant, 'User', { page });
    if (!found.ok) throw new Error(found.error.detail);
    expect(found.value.totalResults).toBe(users);
    expect(found.value.resources.length).toBeLessThan(20);
    return found.value;
  }

  it('has fewer of them than asked for by index, and the next begins behind the last', async () => {
    const seen: string[] = [];
    while (seen.length < users) {
      const { resources } = await read({ kind: 'index', startIndex: seen.length + 1, count: 100 });
      seen.push(...resources.map(({ id }) => id));
    }
    expect(seen).toEqual(ids);
  });

  it('has fewer of them than asked for by cursor, and the next begins behind the last', async () => {
    const seen: string[] = [];
    let page = await read({ kind: 'cursor', count: 100 });
    for (;;) {
      seen.push(...page.resources.map(({ id }) => id));
      if (!page.next) break;
      page = await read({ kind: 'cursor', from: page.next, count: 100 });
    }
    expect(seen).toEqual(ids);
    const seenBackwards = page.resources.map(({ id }) => id);
    while (page.previous) {
      page = await read({ kind: 'cursor', from: page.previous, count: 100 });
      seenBackwards.unshift(...page.resources.map(({ id }) => id));
    }
    expect(seenBackwards).toEqual(ids);
  });
});
