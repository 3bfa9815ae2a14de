import { describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#event-catalog';
import { InMemoryEventStore, type Position, type RecordedEvent, type Revision, type StreamName } from '#event-store';
import { type ProjectionTarget, TargetUnavailableError } from '../projection-target.js';
import { RestorableLog } from '../testing/restorable-log.js';
import { RunnerScenario } from '../testing/runner-scenario.js';
import { appendSamples } from '../testing/sample-events.js';
import type { ProjectionRunnerOptions } from './projection-runner.js';
import type { ProjectionState } from './projection-state.js';

const ids = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => `event-${from + index}`);

describe('ProjectionRunner', () => {
  it('carries what is in the log and what comes later, in order', async () => {
    const scenario = new RunnerScenario();
    const before = await appendSamples(scenario.log, 1, 10);
    const running = scenario.start({ batchSize: 4 });
    expect(await scenario.progress.reached(before, 5_000)).toBe(true);
    const later = await appendSamples(scenario.log, 11, 3);
    expect(await scenario.progress.reached(later, 5_000)).toBe(true);
    scenario.stop.abort();
    expect(await running).toEqual({ status: 'ended', checkpoint: later });
    expect(scenario.appliedIds).toEqual(ids(1, 13));
    expect(Math.max(...scenario.target.batches)).toBe(4);
  });

  it('goes on from the checkpoint where it was left', async () => {
    const scenario = new RunnerScenario();
    scenario.target.checkpoint = await appendSamples(scenario.log, 1, 5);
    const end = await appendSamples(scenario.log, 6, 2);
    const running = scenario.start();
    await scenario.progress.reached(end, 5_000);
    scenario.stop.abort();
    await running;
    expect(scenario.appliedIds).toEqual(ids(6, 7));
  });

  it('tells the target which event of the log it has come to, though that is nothing to it', async () => {
    const scenario = new RunnerScenario();
    const end = await appendSamples(scenario.log, 1, 7);
    const running = scenario.start({ batchSize: 2, concerns: ({ position }) => position <= 3n });
    await scenario.progress.reached(end, 5_000);
    scenario.stop.abort();
    await running;
    expect(scenario.target.last).toEqual({ stream: 'scim.name-acme.key', revision: 6, id: 'event-7' });
  });

  it('counts a batch by the cost of its events', async () => {
    const scenario = new RunnerScenario();
    const end = await appendSamples(scenario.log, 1, 6);
    const running = scenario.start({ batchSize: 10, costOf: () => 5 });
    await scenario.progress.reached(end, 5_000);
    scenario.stop.abort();
    await running;
    expect(scenario.target.batches).toEqual([2, 2, 2]);
  });

  it('passes by what does not concern its target, and takes the checkpoint along', async () => {
    const scenario = new RunnerScenario();
    const end = await appendSamples(scenario.log, 1, 9);
    scenario.unreadable = 'event-5';
    const concerns = ({ id }: RecordedEvent) => id === 'event-2' || id === 'event-4';
    const running = scenario.start({ batchSize: 3, concerns, costOf: () => 1 });
    expect(await scenario.progress.reached(end, 5_000)).toBe(true);
    scenario.stop.abort();
    expect(await running).toEqual({ status: 'ended', checkpoint: end });
    expect(scenario.appliedIds).toEqual(['event-2', 'event-4']);
    expect(scenario.target.checkpoint).toBe(end);
  });

  it('lets events gather that nobody waits for, once it has caught up', async () => {
    const scenario = new RunnerScenario();
    await appendSamples(scenario.log, 1, 6);
    const running = scenario.start({ batchSize: 4, lingerMs: 3_600_000 });
    while (!scenario.progress.hasReached(6n as Position)) await scenario.progress.changed();
    for (const event of [7, 8, 9]) await appendSamples(scenario.log, event, 1);
    expect(await scenario.progress.reached(9n as Position, 5_000)).toBe(true);
    scenario.stop.abort();
    expect((await running).status).toBe('ended');
    expect(scenario.target.batches).toEqual([4, 2, 3]);
  });

  it('has the very batches prepared that are applied, each once and beforehand, where it reads ahead', async () => {
    const scenario = new RunnerScenario();
    const end = await appendSamples(scenario.log, 1, 10);
    const prepared: (readonly EventEnvelope[])[] = [];
    const applied: (readonly EventEnvelope[])[] = [];
    const target: ProjectionTarget = {
      acquire: () => scenario.target.acquire(),
      prepare: (batch) => prepared.push(batch),
      apply: async (batch, move) => {
        expect(prepared).toContain(batch);
        await scenario.target.apply(batch, move);
        applied.push(batch);
        if (applied.length === 2) scenario.target.failNext(new TargetUnavailableError('busy'));
      },
    };
    const running = scenario.start({ target, batchSize: 4, costOf: () => 2, readsAhead: true });
    expect(await scenario.progress.reached(end, 5_000)).toBe(true);
    scenario.stop.abort();
    await running;
    expect(scenario.appliedIds).toEqual(ids(1, 10));
    expect(prepared).toHaveLength(applied.length);
    applied.forEach((batch, index) => expect(prepared[index]).toBe(batch));
  });

  it('stops before an event that cannot be read, and names it', async () => {
    const scenario = new RunnerScenario();
    await appendSamples(scenario.log, 1, 9);
    scenario.unreadable = 'event-6';
    const rest = await scenario.start();
    expect(rest).toMatchObject({
      status: 'failed',
      checkpoint: 5n,
      failure: { kind: 'unreadable', eventId: 'event-6', eventType: 'sample', position: 6n },
    });
    expect(scenario.appliedIds).toEqual(ids(1, 5));
    expect(scenario.progress.stalled).toBe(true);
  });

  it('stops before an event that cannot be applied, after everything that stands before it', async () => {
    const scenario = new RunnerScenario();
    await appendSamples(scenario.log, 1, 9);
    scenario.target.poison('event-6');
    const rest = await scenario.start();
    expect(rest).toMatchObject({ status: 'failed', failure: { kind: 'apply', eventId: 'event-6' } });
    expect(scenario.appliedIds).toEqual(ids(1, 5));
    expect(scenario.states.at(-1)).toBe(rest);
  });

  it('tries again while the target is away, and says so', async () => {
    const scenario = new RunnerScenario();
    const end = await appendSamples(scenario.log, 1, 3);
    const busy = new TargetUnavailableError('busy');
    scenario.target.failNext(busy, busy, busy);
    const running = scenario.start();
    expect(await scenario.progress.reached(end, 5_000)).toBe(true);
    scenario.stop.abort();
    await running;
    expect(scenario.appliedIds).toEqual(ids(1, 3));
    const retries = scenario.states.filter(({ status }) => status === 'retrying');
    expect(retries).toMatchObject([1, 2, 3].map((attempt) => ({ attempt, away: 'target', cause: busy })));
  });

  it.each([false, true])(
    'comes back from a lost subscription and repeats nothing; reading ahead: %s',
    async (readsAhead) => {
      const scenario = new RunnerScenario();
      const end = await appendSamples(scenario.log, 1, 8);
      let losses = 3;
      const flaky: ProjectionRunnerOptions['log'] = {
        head: () => scenario.log.head(),
        readStream: (stream, options) => scenario.log.readStream(stream, options),
        async *subscribeAll(after, options) {
          for await (const batch of scenario.log.subscribeAll(after, { ...options, batchSize: 2 })) {
            yield batch;
            if (losses-- > 0) throw new Error('connection lost');
          }
        },
      };
      const running = scenario.start({ log: flaky, readsAhead });
      expect(await scenario.progress.reached(end, 5_000)).toBe(true);
      scenario.stop.abort();
      await running;
      expect(scenario.appliedIds).toEqual(ids(1, 8));
      expect(scenario.states.filter((state) => state.status === 'retrying' && state.away === 'log')).toHaveLength(3);
    },
  );

  it('is running again once a log that was away serves it, though that brings nothing', async () => {
    const scenario = new RunnerScenario();
    let losses = 2;
    const flaky: ProjectionRunnerOptions['log'] = {
      head: () => scenario.log.head(),
      readStream: (stream, options) => scenario.log.readStream(stream, options),
      async *subscribeAll(after, options) {
        if (losses-- > 0) throw new Error('connection lost');
        yield* scenario.log.subscribeAll(after, options);
      },
    };
    const back = Promise.withResolvers<void>();
    const stateChanged = (state: ProjectionState) => {
      const before = scenario.states.at(-1)?.status;
      scenario.states.push(state);
      if (before === 'retrying' && state.status === 'running') back.resolve();
    };
    const running = scenario.start({ log: flaky, observer: { stateChanged } });
    await back.promise;
    scenario.stop.abort();
    await running;
    expect(scenario.states.map(({ status }) => status)).toEqual([
      'running',
      'retrying',
      'retrying',
      'running',
      'ended',
    ]);
  });

  it.each([false, true])(
    'stops before the first event of a log that was put in the place of the one it has applied; reading ahead: %s',
    async (readsAhead) => {
      const scenario = new RunnerScenario();
      const log = new RestorableLog(scenario.log);
      const running = scenario.start({ log, readsAhead });
      const checkpoint = await appendSamples(scenario.log, 1, 4);
      await scenario.progress.reached(checkpoint, 5_000);
      const restored = new InMemoryEventStore();
      await appendSamples(restored, 1, 3);
      await appendSamples(restored, 4, 3, 'other');
      log.restore(restored);
      expect(await running).toMatchObject({ status: 'failed', checkpoint, failure: { kind: 'parted' } });
      expect(scenario.appliedIds).toEqual(ids(1, 4));
      expect(scenario.progress.stalled).toBe(true);
    },
  );

  it('finds out that a log has parted behind the last event that concerns it, though it was away meanwhile', async () => {
    const scenario = new RunnerScenario();
    const concerns = ({ position }: RecordedEvent) => position <= 1n;
    const former = scenario.start({ concerns });
    await scenario.progress.reached(await appendSamples(scenario.log, 1, 3), 5_000);
    scenario.stop.abort();
    await former;
    const log = new InMemoryEventStore();
    await appendSamples(log, 1, 1);
    await appendSamples(log, 2, 4, 'other');
    const latter = scenario.start({ log, concerns }, new AbortController().signal);
    expect(await latter).toMatchObject({ status: 'failed', failure: { kind: 'parted' } });
  });

  it('goes by the event that its target has come to before, not by its own first one', async () => {
    const scenario = new RunnerScenario();
    scenario.target.checkpoint = await appendSamples(scenario.log, 1, 4);
    scenario.target.last = { stream: 'scim.name-acme.key' as StreamName, revision: 3 as Revision, id: 'lost' };
    expect(await scenario.start()).toMatchObject({ status: 'failed', failure: { kind: 'parted' } });
  });

  it.each([false, true])(
    'gives up at once when another owner has taken over; reading ahead: %s',
    async (readsAhead) => {
      const scenario = new RunnerScenario();
      const first = scenario.start({ readsAhead });
      await scenario.progress.reached(await appendSamples(scenario.log, 1, 2), 5_000);
      await scenario.target.acquire();
      await appendSamples(scenario.log, 3, 1);
      expect(await first).toMatchObject({ status: 'failed', failure: { kind: 'ownership' } });
      expect(scenario.appliedIds).toEqual(ids(1, 2));
    },
  );

  it('does not repeat a batch that the target refused for a reason of its own', async () => {
    const scenario = new RunnerScenario();
    scenario.target.failNext(new Error('damaged'));
    expect(await scenario.start()).toMatchObject({ status: 'failed', failure: { kind: 'target' } });
  });

  it('stops within its bound though the target never answers', async () => {
    const scenario = new RunnerScenario();
    await appendSamples(scenario.log, 1, 1);
    const stuck = Promise.withResolvers<void>();
    const target = {
      acquire: () => scenario.target.acquire(),
      apply: () => {
        stuck.resolve();
        return new Promise<void>(() => undefined);
      },
    };
    const running = scenario.start({ target, stopWithinMs: 10 });
    await stuck.promise;
    scenario.stop.abort();
    expect(await running).toEqual({ status: 'ended', checkpoint: 0n });
  });

  it('ends at once when it is stopped in the pause before another try', async () => {
    const scenario = new RunnerScenario();
    scenario.target.failNext(new TargetUnavailableError('busy'));
    const running = scenario.start({
      backOff: () => 3_600_000,
      observer: { stateChanged: ({ status }) => status === 'retrying' && scenario.stop.abort() },
    });
    expect((await running).status).toBe('ended');
  });
});
