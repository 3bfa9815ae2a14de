import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import type { RebuildRequest } from '#projections';
import { sourceLog } from '#projections/testing';
import { sampleRegistry } from './testing/arbitrary-document.js';
import { sampleTenants } from './testing/arbitrary-log.js';
import { catchUp } from './testing/catch-up.js';
import { foldOfLog } from './testing/fold-of-log.js';
import { GrowingLog, KeptView } from './testing/kept-view.js';
import { SampleLog } from './testing/sample-log.js';
import { sampleSource } from './testing/temporary-view.js';
import { type ViewUnderTest, describeViews } from './testing/view-engines.js';
import { viewSnapshot } from './testing/view-snapshot.js';

const [tenant] = sampleTenants;

/** Users, each of whom joins one group. */
function sampleOf(users: number): SampleLog {
  const log = new SampleLog();
  log.provision(tenant, 'Group', 0, { displayName: 'Staff' });
  for (let place = 0; place < users; place++) {
    const value = log.provision(tenant, 'User', place, { userName: `user-${place}` });
    log.add(tenant, 'Group', 0, (groupId) => {
      return { type: 'GroupMembershipChanged', data: { groupId, added: [{ value }], removed: [] } };
    });
  }
  return log;
}

describeViews('the generations of a view', (engine) => {
  let temporary: ViewUnderTest;
  let log: GrowingLog;
  const kept: KeptView[] = [];
  beforeEach(async () => {
    temporary = await engine.open();
    log = new GrowingLog(sampleOf(60));
  });
  afterEach(async () => {
    await Promise.all(kept.splice(0).map((one) => one.end()));
    await temporary.remove();
  });

  function keepUp(): KeptView {
    const one = new KeptView(temporary.view.catalogue, log.store);
    kept.push(one);
    return one;
  }
  const dump = () => viewSnapshot(temporary.view.liveReads, tenant);
  const states = async () => (await temporary.view.catalogue.list()).map(({ state }) => state);
  const askedFor = async () => {
    const request = await temporary.administration.requestRebuild();
    return (request as Extract<RebuildRequest, { outcome: 'asked' }>).number;
  };

  it('are built beside the live one when they are asked for, and flipped while events come in', async () => {
    const view = keepUp();
    expect(await view.progress.reached(await log.append(20), 10_000)).toBe(true);
    expect(await temporary.administration.requestRebuild()).toEqual({ outcome: 'asked', number: 2 });
    const [head] = await Promise.all([log.append(), view.flips(1)]);
    expect(await view.progress.reached(head, 10_000)).toBe(true);
    expect(view.madeLive).toEqual([2]);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
    expect(await temporary.administration.status()).toMatchObject([
      { number: 1, state: 'retired' },
      { number: 2, state: 'live', checkpoint: head },
    ]);
    expect(await temporary.administration.drop(1)).toEqual({ outcome: 'dropped' });
    expect(await temporary.administration.status()).toMatchObject([
      { number: 1, state: 'dropped', checkpoint: undefined },
      { number: 2, state: 'live' },
    ]);
  });

  it('show whoever waits for a change that change, however often they are flipped meanwhile', async () => {
    const view = keepUp();
    const rebuilding = (async () => {
      for (let flips = 1; flips <= 3; flips++) {
        await temporary.administration.requestRebuild();
        await view.flips(flips);
      }
    })();
    for (const { event, eventId } of sampleOf(60).events) {
      expect({ eventId, seen: await view.progress.reached(await log.append(1), 10_000) }).toEqual({
        eventId,
        seen: true,
      });
      if (event.type !== 'UserProvisioned') continue;
      const found = await temporary.view.reader.find(tenant, 'User', event.data.userId);
      expect(found).toMatchObject({ revision: 0 });
    }
    await rebuilding;
    expect(await states()).toEqual(['retired', 'retired', 'retired', 'live']);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it('take the place of one whose rows are not what they should be', async () => {
    await log.append(40);
    await temporary.catchUp(log.events.filter(({ event }) => event.type !== 'GroupMembershipChanged'));
    expect((await dump()).membership).toEqual([]);
    const view = keepUp();
    await temporary.administration.requestRebuild();
    await view.flips(1);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it('are asked for once at a time', async () => {
    const number = await askedFor();
    expect(await temporary.administration.requestRebuild()).toEqual({ outcome: 'under-way', number });
    const view = keepUp();
    await view.flips(1);
    expect(await temporary.administration.requestRebuild()).toEqual({ outcome: 'asked', number: number + 1 });
  });

  it('are gone on with where the process that built them ended', async () => {
    await log.append();
    await temporary.catchUp(log.events);
    const { catalogue } = temporary.view;
    const number = await askedFor();
    const target = await catalogue.target(number);
    const { epoch, checkpoint: from } = await target.acquire();
    const [first, second] = log.events;
    const to = second?.position as Position;
    await target.apply([first, second] as never, { epoch, from, to });
    await temporary.reopen();
    expect(await temporary.administration.status()).toMatchObject([{ state: 'live' }, { number, checkpoint: to }]);
    await keepUp().flips(1);
    expect(await states()).toEqual(['retired', 'live']);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it('become live only where they are as far as the live one', async () => {
    const head = await log.append();
    await temporary.catchUp(log.events);
    const { catalogue } = temporary.view;
    const number = await askedFor();
    await catalogue.target(number);
    expect(await catalogue.makeLive(number)).toEqual({ outcome: 'behind', checkpoint: head });
    expect(await states()).toEqual(['live', 'building']);
    expect(await catalogue.makeLive(1)).toEqual({ outcome: 'not-building', state: 'live' });
    expect(await catalogue.makeLive(99)).toEqual({ outcome: 'not-building', state: 'dropped' });
  });

  it('are dropped while they are built, never while they are live', async () => {
    await log.append();
    const number = await askedFor();
    expect(await temporary.administration.drop(1)).toEqual({ outcome: 'live' });
    expect(await temporary.administration.drop(99)).toEqual({ outcome: 'unknown' });
    expect(await temporary.administration.drop(number)).toEqual({ outcome: 'dropped' });
    const view = keepUp();
    await askedFor();
    await view.flips(1);
    expect(view.madeLive).toEqual([number + 1]);
    expect(await states()).toEqual(['retired', 'dropped', 'live']);
  });

  it('come back when they are retired and somebody wants that, from where they stand', async () => {
    const view = keepUp();
    await view.progress.reached(await log.append(30), 10_000);
    await askedFor();
    await view.flips(1);
    expect(await temporary.administration.requestReturn(2)).toEqual({ outcome: 'not-retired' });
    expect(await temporary.administration.requestReturn(1)).toEqual({ outcome: 'asked' });
    const [head] = await Promise.all([log.append(), view.flips(2)]);
    expect(await view.progress.reached(head, 10_000)).toBe(true);
    expect(await states()).toEqual(['live', 'retired']);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));

    await temporary.reopen(sampleRegistry, sourceLog(sampleSource.identity, log.store));
    expect(await temporary.administration.requestReturn(2)).toEqual({ outcome: 'asked' });
    expect(await temporary.administration.requestRebuild()).toEqual({ outcome: 'under-way', number: 2 });
    await keepUp().flips(1);
    expect(await states()).toEqual(['retired', 'live']);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });

  it.each([
    ['of another log', { ...sampleSource, identity: 'other' }],
    ['beyond the end of the log', { ...sampleSource, head: async () => 5n as Position }],
  ])('do not come back that are %s', async (_, source) => {
    await log.append(10);
    await temporary.catchUp(log.events);
    const { catalogue } = temporary.view;
    const number = await askedFor();
    await catchUp(await catalogue.target(number), log.events, 256);
    expect(await catalogue.makeLive(number)).toEqual({ outcome: 'live' });
    await temporary.reopen(sampleRegistry, source);
    expect(await states()).toEqual(['dropped', 'dropped', 'live']);
    expect(await temporary.administration.requestReturn(1)).toEqual({ outcome: 'not-retired' });
  });

  it('are kept up by whoever took them over last', async () => {
    const first = keepUp();
    const head = await log.append(10);
    expect(await first.progress.reached(head, 10_000)).toBe(true);
    const second = keepUp();
    expect(await second.progress.reached(head, 10_000)).toBe(true);
    const end = await log.append();
    expect(await first.rest).toMatchObject({ status: 'failed', failure: { kind: 'ownership' } });
    expect(await second.progress.reached(end, 10_000)).toBe(true);
    expect(await dump()).toEqual(foldOfLog(sampleRegistry, tenant, log.events));
  });
});
