import { systemClock } from '#kernel';
import { createDirectoryCommands, DirectoryLog, withLogAsFallback } from '#command-handling';
import { type DirectoryReader, eventCost, isViewFailure, projectorNames } from '#directory-view';
import { eventCodec, nameStreamPrefix } from '#event-catalog';
import { CheckpointSignal } from '#projections';
import { PostgresProcessCheckpoint } from '#projections-postgres';
import { concernsMembershipEnd } from '../membership-end/concerns-membership-end.js';
import { MembershipEnd } from '../membership-end/membership-end.js';
import type { HostedTarget } from '../projection-host.js';
import type { Term } from './term.js';

/** What the process reads: the view, and how far that has come. */
export interface ReadView {
  readonly reader: DirectoryReader;
  readonly progress: CheckpointSignal;
}

/** The process that ends the memberships of what was deleted. */
export function membershipEndProjection(term: Term, { reader, progress: view }: ReadView): HostedTarget {
  const { store, database, startedAt, source, resources } = term;
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
    membership: withLogAsFallback(reader, log, isViewFailure),
  });
  return {
    name: 'membership-end',
    log: store,
    readEvent: eventCodec.decode.bind(eventCodec),
    target: new MembershipEnd({ commands, log, reader, view, checkpoint, clock: systemClock }),
    progress: new CheckpointSignal(),
    startedAt,
    concerns: concernsMembershipEnd,
    costOf: eventCost,
    passingBy: [nameStreamPrefix],
  };
}
