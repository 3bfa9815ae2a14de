import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { systemClock, timeOrderedUuid } from '#kernel';
import { createDirectoryCommands, DirectoryLog, withLogAsFallback } from '#command-handling';
import { concernsView, eventCost, isViewFailure, PostgresDirectoryView, projectorNames } from '#directory-view';
import { eventCodec } from '#event-catalog';
import type { EventStore } from '#event-store';
import { CheckpointSignal } from '#projections';
import { PostgresProcessCheckpoint } from '#projections-postgres';
import type { SchemaRegistry } from '#scim-protocol';
import { concernsMembershipEnd } from '../membership-end/concerns-membership-end.js';
import { MembershipEnd } from '../membership-end/membership-end.js';
import { type HostedProjection, ProjectionHost } from '../projection-host.js';

export interface LeadershipOptions {
  readonly store: EventStore & { readonly identity: string };
  /** `DATABASE_URL` */
  readonly database: string;
  readonly registry: SchemaRegistry;
  readonly logger: Logger;
}

/**
 * What one projector does at a time: it builds the view and ends memberships, until the signal aborts.
 *
 * @param started is given the projections once they run, to be asked how they are.
 * @throws what says that the log or the database cannot be used now; whoever holds the lease next tries again.
 */
export async function lead(
  { store, database, registry, logger }: LeadershipOptions,
  started: (host: ProjectionHost) => void,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = await store.head();
  const source = (projection: string) => ({
    log: { identity: store.identity, head: startedAt },
    discarded: (reason: string) => logger.warn({ projection, reason }, 'projection starts over, from the whole log'),
  });
  await using resources = new AsyncDisposableStack();
  const view = await PostgresDirectoryView.open({ url: database, registry, ...source('directory-view') });
  resources.defer(() => view.close());
  const checkpoint = new PostgresProcessCheckpoint({
    url: database,
    name: projectorNames.membershipEnd,
    ...source('membership-end'),
  });
  resources.defer(() => checkpoint.close());

  const log = new DirectoryLog(store, eventCodec);
  const commands = createDirectoryCommands({
    store,
    codec: eventCodec,
    membership: withLogAsFallback(view.reader, log, isViewFailure),
    sleep: (milliseconds) => sleep(milliseconds),
    newClaimId: () => timeOrderedUuid(systemClock.now(), randomUUID()),
  });
  const [viewProgress, membershipEndProgress] = [new CheckpointSignal(), new CheckpointSignal()];
  const reading = { log: store, readEvent: eventCodec.decode.bind(eventCodec), startedAt, costOf: eventCost };
  const projections: HostedProjection[] = [
    {
      ...reading,
      name: 'directory-view',
      target: await view.liveTarget(),
      progress: viewProgress,
      concerns: concernsView,
    },
    {
      ...reading,
      name: 'membership-end',
      target: new MembershipEnd({
        commands,
        log,
        reader: view.reader,
        view: viewProgress,
        checkpoint,
        clock: systemClock,
      }),
      progress: membershipEndProgress,
      concerns: concernsMembershipEnd,
    },
  ];
  const host = new ProjectionHost(projections, logger);
  host.onApplicationBootstrap();
  resources.defer(() => host.onApplicationShutdown());
  started(host);
  if (!signal.aborted) await once(signal, 'abort');
}
