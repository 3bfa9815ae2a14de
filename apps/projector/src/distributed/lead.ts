import { once } from 'node:events';
import { openPostgresRelayLedger } from '#event-relay';
import { PostgresHalts } from '#projections-postgres';
import { ProjectionHost } from '../projection-host.js';
import { relayProjection } from '../relay/relay-projection.js';
import { directoryProjections } from './directory-projections.js';
import type { LeadershipOptions, Term } from './term.js';

/**
 * What one projector does at a time: it builds the view, ends memberships and publishes, until the signal aborts, another
 * process has taken over, or the view is to be begun anew.
 *
 * @param started is given the projections once they run, to be asked how they are.
 * @throws what says that the log or the database cannot be used now; whoever holds the lease next tries again.
 */
export async function lead(
  options: LeadershipOptions,
  started: (host: ProjectionHost) => void,
  signal: AbortSignal,
): Promise<void> {
  const { store, database, registry, kafka, logger } = options;
  await using resources = new AsyncDisposableStack();
  const startedAt = await store.head();
  const term: Term = {
    ...options,
    startedAt,
    resources,
    source: (projection) => ({
      log: { identity: store.identity, head: startedAt },
      discarded: (reason) => logger.warn({ projection, reason }, 'projection starts over, from the whole log'),
    }),
  };
  const halts = new PostgresHalts(database);
  resources.defer(() => halts.close());
  const { projections, view } = await directoryProjections(term);
  if (kafka) {
    const ledger = openPostgresRelayLedger({ url: database, log: term.source('relay').log });
    const relay = relayProjection({ store, startedAt, ledger, settings: kafka, registry, logger });
    resources.defer(() => relay.close());
    projections.push(relay.projection);
  }
  // Opening may have taken longer than the lease: whoever leads by now is not to be overthrown.
  if (signal.aborted) return;
  const host = new ProjectionHost(projections, logger, halts);
  host.onApplicationBootstrap();
  resources.defer(() => host.onApplicationShutdown());
  started(host);
  const over = new AbortController();
  resources.defer(() => over.abort());
  await Promise.race([once(signal, 'abort'), host.overtaken(), view.untilReplaced(over.signal)]);
}
