import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { InMemoryEventStore, type Position } from '#event-store';
import { CheckpointSignal } from '../freshness/checkpoint-signal.js';
import { pause } from '../runner/back-off.js';
import type { ProjectionState } from '../runner/projection-state.js';
import { InMemoryCatalogue } from '../testing/in-memory-catalogue.js';
import { appendSamples, envelope } from '../testing/sample-events.js';
import type { FlipResult } from './generation-catalogue.js';
import { GenerationKeeper, type GenerationKeeperOptions } from './generation-keeper.js';

/** The next look comes early in such a test, or not at all. */
const hour = 3_600_000;
const at = (position: number) => BigInt(position) as Position;

/** Longer than anything takes that is only waiting for its turn. */
async function manyTurns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
}

class Scenario {
  readonly log = new InMemoryEventStore();
  readonly catalogue = new InMemoryCatalogue();
  readonly progress = new CheckpointSignal({ stallAfterMs: 60_000 });
  readonly stop = new AbortController();
  readonly madeLive: number[] = [];
  /** Of the generation that is read. */
  readonly states: ProjectionState['status'][] = [];
  readonly unclear: unknown[] = [];
  /** What was told of generations that nobody reads, e.g. `2 running`. */
  readonly beside: string[] = [];
  running: Promise<ProjectionState> | undefined;

  start(options: Partial<GenerationKeeperOptions> = {}): Promise<ProjectionState> {
    const keeper = new GenerationKeeper({
      log: this.log,
      readEvent: ({ position }) => envelope(Number(position)),
      catalogue: this.catalogue,
      progress: this.progress,
      observer: {
        stateChanged: ({ status }) => this.states.push(status),
        besideChanged: (number, { status }) => this.beside.push(`${number} ${status}`),
        madeLive: (number) => this.madeLive.push(number),
        unclear: (cause) => this.unclear.push(cause),
      },
      backOff: () => 0,
      lookEveryMs: 1,
      ...options,
    });
    this.running = keeper.run(this.stop.signal);
    return this.running;
  }

  /** Has the catalogue answer so in place of making one live. @returns how often it was asked */
  refuseFlips(answer: () => Promise<FlipResult>): { times: number } {
    const refused = { times: 0 };
    this.catalogue.makeLive = async () => {
      // Whoever asks without a pause leaves nobody else a turn, the test included.
      if (++refused.times === 1_000) this.stop.abort();
      return answer();
    };
    return refused;
  }

  /** @returns how often the keeper has looked from now on */
  countLooks(): { times: number } {
    const looks = { times: 0 };
    const toKeep = this.catalogue.toKeep.bind(this.catalogue);
    this.catalogue.toKeep = () => {
      looks.times += 1;
      return toKeep();
    };
    return looks;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise(setImmediate);
  }
}

describe('the keeper of generations', () => {
  let scenario: Scenario;
  beforeEach(() => {
    scenario = new Scenario();
  });
  afterEach(async () => {
    scenario.stop.abort();
    await scenario.running;
  });

  it('builds what somebody wants, and makes it live as soon as it is as far as the log was', async () => {
    const { catalogue } = scenario;
    const end = await appendSamples(scenario.log, 1, 3);
    catalogue.begin('live');
    catalogue.begin('building');
    void scenario.start({ lookEveryMs: hour });
    await scenario.until(() => scenario.madeLive.length > 0);
    expect(catalogue.states).toEqual(['retired', 'live']);
    expect(catalogue.targetOf(2).checkpoint).toBe(end);
  });

  it.each<[string, () => Promise<FlipResult>]>([
    ['is said to be behind', async () => ({ outcome: 'behind', checkpoint: at(3) })],
    ['cannot be flipped', () => Promise.reject(new Error('away'))],
  ])('asks once a look where one that is far enough %s', async (_, answer) => {
    await appendSamples(scenario.log, 1, 3);
    scenario.catalogue.begin('live');
    scenario.catalogue.begin('building');
    const refused = scenario.refuseFlips(answer);
    void scenario.start({ lookEveryMs: hour });
    await scenario.until(() => refused.times > 0);
    await manyTurns();
    expect(refused.times).toBe(1);
  });

  it('asks again for a flip that was refused', async () => {
    await appendSamples(scenario.log, 1, 3);
    scenario.catalogue.begin('live');
    scenario.catalogue.begin('building');
    const refused = scenario.refuseFlips(async () => ({ outcome: 'behind', checkpoint: at(3) }));
    void scenario.start();
    await scenario.until(() => refused.times >= 3);
  });

  it('makes none live that has stopped', async () => {
    const { catalogue, log } = scenario;
    await appendSamples(log, 1, 3);
    catalogue.begin('live');
    catalogue.begin('building');
    catalogue.targetOf(2).poison('event-4');
    const refused = scenario.refuseFlips(async () => ({ outcome: 'behind', checkpoint: at(3) }));
    void scenario.start();
    await scenario.until(() => refused.times > 0);
    await appendSamples(log, 4, 1);
    await scenario.until(() => scenario.beside.includes('2 failed'));
    const { times } = refused;
    const looks = scenario.countLooks();
    await scenario.until(() => looks.times >= 3);
    expect(refused.times).toBe(times);
  });

  it('follows one afresh that somebody wants back while it is let go', async () => {
    const { catalogue, log } = scenario;
    await appendSamples(log, 1, 3);
    catalogue.begin('live');
    const former = catalogue.targetOf(1);
    const lettingGo = Promise.withResolvers<void>();
    const applied = Promise.withResolvers<void>();
    const following: GenerationKeeperOptions['log'] = {
      head: () => log.head(),
      readStream: (stream, options) => log.readStream(stream, options),
      subscribeAll: (after, options) => {
        // The first to end is that of the generation that is let go.
        options.signal.addEventListener('abort', () => lettingGo.resolve());
        return log.subscribeAll(after, options);
      },
    };
    void scenario.start({ log: following, partingMs: 0 });
    await scenario.progress.reached(at(3), 5_000);
    const apply = former.apply.bind(former);
    former.apply = async (batch, move) => {
      await applied.promise;
      return apply(batch, move);
    };
    await appendSamples(log, 4, 1);
    catalogue.begin('building');
    await lettingGo.promise;
    catalogue.enter(1, 'building');
    const looks = scenario.countLooks();
    await scenario.until(() => looks.times > 0);
    await manyTurns();
    applied.resolve();
    await scenario.until(() => scenario.madeLive.length === 2);
    expect(await scenario.progress.reached(await appendSamples(log, 5, 1), 5_000)).toBe(true);
    expect(former.checkpoint).toBe(at(5));
    const asked = ['target 1', 'target 2', 'live 2', 'release 1', 'target 1', 'live 1'];
    expect(catalogue.asked.slice(0, asked.length)).toEqual(asked);
  });

  it('tells that what is read runs, once one is live in place of one that had stopped', async () => {
    const { catalogue, log } = scenario;
    catalogue.begin('live');
    catalogue.targetOf(1).poison('event-2');
    await appendSamples(log, 1, 3);
    void scenario.start();
    await scenario.until(() => scenario.states.includes('failed'));
    catalogue.begin('building');
    await scenario.until(() => scenario.madeLive.length > 0);
    expect(scenario.states).toEqual(['running', 'failed', 'running']);
    expect(await scenario.progress.reached(await appendSamples(log, 4, 1), 5_000)).toBe(true);
  });

  it('lets none go any more once it has ended', async () => {
    const { catalogue } = scenario;
    catalogue.begin('live');
    catalogue.begin('building');
    const parting = Promise.withResolvers<void>();
    const running = scenario.start({
      partingMs: hour,
      pause: (milliseconds, signal) => (milliseconds === hour ? parting.promise : pause(milliseconds, signal)),
    });
    await scenario.until(() => scenario.madeLive.length > 0);
    scenario.stop.abort();
    await running;
    parting.resolve();
    await manyTurns();
    expect(catalogue.asked).toEqual(['target 1', 'target 2', 'live 2']);
  });

  it('stops within its bound though the catalogue never answers', async () => {
    const asked = Promise.withResolvers<void>();
    scenario.catalogue.toKeep = () => {
      asked.resolve();
      return new Promise(() => undefined);
    };
    const running = scenario.start({ stopWithinMs: 10 });
    await asked.promise;
    scenario.stop.abort();
    expect(await running).toEqual({ status: 'idle' });
  });

  it('takes none over once it has been told to stop', async () => {
    const { catalogue } = scenario;
    const [asked, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const target = catalogue.targetOf(catalogue.begin('live'));
    catalogue.target = async () => {
      asked.resolve();
      await answer.promise;
      return target;
    };
    const running = scenario.start({ stopWithinMs: 10 });
    await asked.promise;
    const successor = await target.acquire();
    scenario.stop.abort();
    await running;
    answer.resolve();
    await manyTurns();
    expect((await target.acquire()).epoch).toBe(successor.epoch + 1);
  });
});
