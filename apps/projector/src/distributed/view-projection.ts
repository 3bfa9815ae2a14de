import { concernsView, eventCost, type PostgresDirectoryView } from '#directory-view';
import { eventCodec, nameStreamPrefix } from '#event-catalog';
import { CheckpointSignal } from '#projections';
import type { HostedGenerations } from '../projection-host.js';
import type { Term } from './term.js';

/** The view in PostgreSQL: its live generation, and what is built beside it. */
export function viewProjection({ store, startedAt }: Term, view: PostgresDirectoryView): HostedGenerations {
  return {
    name: 'directory-view',
    log: store,
    readEvent: eventCodec.decode.bind(eventCodec),
    catalogue: view.catalogue,
    progress: new CheckpointSignal(),
    startedAt,
    concerns: concernsView,
    costOf: eventCost,
    passingBy: [nameStreamPrefix],
    // The server is at work on a batch for longer than this process is on the next, and each costs it a commit.
    readsAhead: true,
    batchSize: 1_024,
  };
}
