import { describe, expect, it } from '@jest/globals';
import { ok } from '#kernel';
import { fromCompleteView } from './complete-view.js';

const view = (isReadable: boolean) => ({ readable: async () => isReadable });

describe('a list', () => {
  it('is read where the view has everything', async () => {
    expect(await fromCompleteView(view(true), async () => ok('list'))).toEqual(ok('list'));
  });

  it('is refused where the view is late', async () => {
    const read = () => Promise.reject(new Error('was read'));
    expect(await fromCompleteView(view(false), read)).toMatchObject({
      ok: false,
      error: { code: 'viewLate', status: 503 },
    });
  });
});
