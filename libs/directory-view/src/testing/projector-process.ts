import { setTimeout as sleep } from 'node:timers/promises';
import { InMemoryEventStore } from '#event-store';
import { eventCodec } from '#event-catalog';
import { CheckpointSignal, ProjectionRunner, type ProjectionTarget, holdLease } from '#projections';
import { PostgresLease } from '#projections-postgres';
import { SchemaRegistry } from '#scim-protocol';
import { PostgresDirectoryView } from '../postgres/postgres-directory-view.js';
import { takeoverLog } from './takeover-log.js';

/**
 * A projector as a process of its own, one of several: it builds the view while it holds the lease. Every one of them has a
 * log of its own with the same events. Says a line of JSON whenever something happens.
 *
 *   projector-process.ts <url> <view>
 *
 * SIGUSR2 lets it go on as fast as it can.
 */
const [url, name] = process.argv.slice(2) as [string, string];
const say = (said: object) => process.stdout.write(`${JSON.stringify(said)}\n`);

let isHurried = false;
process.on('SIGUSR2', () => (isHurried = true));

/** So slow, until it is hurried, that it can be caught in the middle on a busy machine as well. */
function slowed(target: ProjectionTarget): ProjectionTarget {
  return {
    acquire: () => target.acquire(),
    apply: async (batch, move) => {
      if (!isHurried) await sleep(50);
      await target.apply(batch, move);
    },
  };
}

const log = new InMemoryEventStore();
for (const { event, eventId, stream, revision, metadata } of takeoverLog().events) {
  const expected = revision === 0 ? 'no-stream' : ((revision - 1) as typeof revision);
  await log.append([{ stream, expected, events: [eventCodec.encode(eventId, event, metadata)] }]);
}
const source = Object.assign(log, { identity: 'takeover' });

async function project(signal: AbortSignal): Promise<void> {
  const view = await PostgresDirectoryView.open({ url, name, registry: new SchemaRegistry(), log: source });
  const runner = new ProjectionRunner({
    log,
    readEvent: eventCodec.decode.bind(eventCodec),
    target: slowed(await view.liveTarget()),
    progress: new CheckpointSignal(),
    batchSize: 10,
    observer: {
      // Where it begins, too: on a busy machine the one before it may have come to the end.
      stateChanged: (state) => state.status === 'running' && say({ checkpoint: Number(state.checkpoint) }),
      batchApplied: ({ checkpoint }) => say({ checkpoint: Number(checkpoint) }),
    },
  });
  const rest = await runner.run(signal);
  say({ rest: rest.status, failure: rest.status === 'failed' ? rest.failure.kind : undefined });
  await view.close();
}

const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const lease = new PostgresLease({ url, name });
await holdLease(
  { lease, work: project, observer: { taken: () => say({ taken: true }), ended: (reason) => say({ ended: reason }) } },
  stop.signal,
);
await lease.close();
