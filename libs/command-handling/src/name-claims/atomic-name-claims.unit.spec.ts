import { describe, expect, it } from '@jest/globals';
import { assign, command, directoryOn, directoryWithMia, InterceptedStore, mia } from '../testing/index.js';

describe('names on a log that appends to several streams at once', () => {
  it('move in the same append as the event of their owner', async () => {
    const { store } = await directoryWithMia(true);
    const appends: string[][] = [];
    const watched = new InterceptedStore(store, async (call, perform) => {
      if (call.operation === 'append')
        appends.push(call.appends.flatMap(({ events }) => events.map(({ type }) => type)));
      return perform();
    });
    const directory = directoryOn(watched);
    await directory.changeUser(command(), { id: mia }, assign({ userName: 'maria@acme.test' }));
    await directory.deprovisionUser(command(), { id: mia });
    expect(appends).toEqual([
      ['name.claimed', 'name.released', 'user.profile-changed'],
      ['name.released', 'user.deprovisioned'],
    ]);
  });
});
