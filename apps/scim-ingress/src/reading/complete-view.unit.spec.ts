import { describe, expect, it } from '@jest/globals';
import { ok } from '#kernel';
import { SqlStoreError } from '#directory-view';
import { fromCompleteView } from './complete-view.js';

const view = (isReadable: boolean) => async () => isReadable;

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

  it.each(['damaged', 'away'] as const)('is refused where the view is %s', async (condition) => {
    const read = () => Promise.reject(new SqlStoreError(condition, new Error('sqlite')));
    expect(await fromCompleteView(view(true), read)).toMatchObject({ ok: false, error: { code: 'viewLate' } });
  });

  it('is refused where the view cannot even say what it has', async () => {
    const isReadable = () => Promise.reject(new SqlStoreError('away', new Error('sqlite')));
    expect(await fromCompleteView(isReadable, async () => ok('list'))).toMatchObject({ error: { code: 'viewLate' } });
  });

  it('does not hide a bug', async () => {
    const bug = new SqlStoreError('broken', new Error('no such column'));
    await expect(fromCompleteView(view(true), () => Promise.reject(bug))).rejects.toBe(bug);
  });
});
