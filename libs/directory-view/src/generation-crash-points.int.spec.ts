import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { CrashPoint, crashKinds } from '#command-handling/testing';
import { type Position, beforeFirstPosition } from '#event-store';
import type { GenerationCatalogue } from '#projections';
import { sourceLog } from '#projections/testing';
import { sampleRegistry } from './testing/arbitrary-document.js';
import { sampleTenants } from './testing/arbitrary-log.js';
import { foldOfLog } from './testing/fold-of-log.js';
import { GrowingLog, KeptView } from './testing/kept-view.js';
import { SampleLog } from './testing/sample-log.js';
import { sampleSource } from './testing/temporary-view.js';
import { type ViewUnderTest, describeViews } from './testing/view-engines.js';
import { viewSnapshot } from './testing/view-snapshot.js';

const [tenant] = sampleTenants;

/** Where a process can end: before and after each call by which a generation is kept up, filled and made live. */
function crashingCatalogue(catalogue: GenerationCatalogue, { intercept }: CrashPoint): GenerationCatalogue {
  const at = <T>(perform: () => Promise<T>) => intercept(undefined as never, perform) as Promise<T>;
  return {
    list: () => catalogue.list(),
    live: () => catalogue.live(),
    toKeep: () => at(() => catalogue.toKeep()),
    makeLive: (number) => at(() => catalogue.makeLive(number)),
    release: (number) => at(() => catalogue.release(number)),
    target: async (number) => {
      const target = await at(() => catalogue.target(number));
      return {
        acquire: () => at(() => target.acquire()),
        apply: (batch, move) => at(() => target.apply(batch, move)),
      };
    },
  };
}

describeViews('the building of a generation that is cut short', (engine) => {
  let temporary: ViewUnderTest;
  let log: GrowingLog;
  beforeEach(async () => {
    temporary = await engine.open();
    log = new GrowingLog(SampleLog.ofUsers(tenant, 10));
    await log.append(6);
    await temporary.catchUp(log.events);
  });
  afterEach(() => temporary.remove());

  /** Asserts that one is live, and is the fold of the log as far as it has come. @returns which, and how far */
  async function expectOneTrueLive(): Promise<{ readonly number: number; readonly checkpoint: Position }> {
    const live = (await temporary.administration.status()).filter(({ state }) => state === 'live');
    expect(live).toHaveLength(1);
    const [{ number, checkpoint = beforeFirstPosition }] = live as [(typeof live)[0]];
    const applied = log.events.filter(({ position }) => position <= checkpoint);
    const rows = await viewSnapshot(temporary.view.liveReads, tenant);
    expect(rows).toEqual(foldOfLog(sampleRegistry, tenant, applied));
    return { number, checkpoint };
  }

  it.each(crashKinds.map((kind) => ({ ...kind, kind })))(
    'leaves one live generation, which never goes back, and is finished by the next process: $how $when',
    async ({ kind }) => {
      let flipped = 0;
      for (let call = 0, isReached = true; isReached; call++) {
        const { number, checkpoint: before } = await expectOneTrueLive();
        await temporary.administration.requestRebuild();
        const point = new CrashPoint(call, kind);
        const cut = new KeptView(crashingCatalogue(temporary.view.catalogue, point), log.store, 0);
        await Promise.race([cut.rest, cut.failed, point.frozen, cut.flips(1)]);
        if (kind.how === 'freezes') void cut.end();
        else await cut.end();

        // Another process opens what there is.
        await temporary.reopen(sampleRegistry, sourceLog(sampleSource.identity, log.store));
        const after = await expectOneTrueLive();
        expect(after.checkpoint).toBeGreaterThanOrEqual(before);
        if (after.number !== number) flipped++;
        else {
          const next = new KeptView(temporary.view.catalogue, log.store);
          await next.flips(1);
          await next.end();
        }
        expect((await expectOneTrueLive()).number).toBeGreaterThan(number);
        isReached = point.isReached;
      }
      expect(flipped).toBeGreaterThan(0);
    },
  );
});
