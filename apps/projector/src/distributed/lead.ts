import { once } from 'node:events';
import { ProjectionHost } from '../projection-host.js';
import { directoryProjections } from './directory-projections.js';
import { relayProjection } from './relay-projection.js';
import type { LeadershipOptions, Term } from './term.js';

/**
 * What one projector does at a time: it builds the view, ends memberships and publishes, until the signal aborts or another
 * process has taken over.
 *
 * @param started is given the projections once they run, to be asked how they are.
 * @throws what says that the log or the database cannot be used now; whoever holds the lease next tries again.
 */
export async function lead(
  options: LeadershipOptions,
  started: (host: ProjectionHost) => void,
  signal: AbortSignal,
): Promise<void> {
  const { store, kafka, logger } = options;
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
  const projections = await directoryProjections(term);
  if (kafka) projections.push(relayProjection(term, kafka));
  const host = new ProjectionHost(projections, logger);
  host.onApplicationBootstrap();
  resources.defer(() => host.onApplicationShutdown());
  started(host);
  if (!signal.aborted) await Promise.race([once(signal, 'abort'), host.overtaken()]);
}
