import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, timeOrderedUuid } from '#kernel';
import { createDirectoryCommands, DirectoryLog, withLogAsFallback } from '#command-handling';
import { concernsView, eventCost, isViewFailure, PostgresDirectoryView, projectorNames } from '#directory-view';
import { eventCodec, nameStreamPrefix } from '#event-catalog';
import { CheckpointSignal } from '#projections';
import { PostgresProcessCheckpoint } from '#projections-postgres';
import { concernsMembershipEnd } from '../membership-end/concerns-membership-end.js';
import { MembershipEnd } from '../membership-end/membership-end.js';
import type { HostedProjection } from '../projection-host.js';
import type { Term } from './term.js';

export interface DirectoryProjections {
  readonly projections: HostedProjection[];
  readonly view: PostgresDirectoryView;
}

/** The view in PostgreSQL, and the process that ends the memberships of what was deleted. */
export async function directoryProjections(term: Term): Promise<DirectoryProjections> {
  const { store, database, registry, startedAt, source, resources } = term;
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
  const viewProgress = new CheckpointSignal();
  const readEvent = eventCodec.decode.bind(eventCodec);
  const reading = { log: store, readEvent, startedAt, costOf: eventCost, passingBy: [nameStreamPrefix] };
  const projections = [
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
      progress: new CheckpointSignal(),
      concerns: concernsMembershipEnd,
    },
  ];
  return { projections, view };
}
