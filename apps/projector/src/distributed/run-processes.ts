import { once } from 'node:events';
import { openPostgresRelayLedger } from '#event-relay';
import type { HostedProjection } from '../projection-host.js';
import { liftRelayHalt } from '../relay/lift-relay-halt.js';
import { relayProjection } from '../relay/relay-projection.js';
import { cutOffFromLog } from './cut-off-from-log.js';
import { membershipEndProjection, type ReadView } from './membership-end-projection.js';
import { runProjections } from './run-projections.js';
import { beginTerm, type LeadershipOptions, type Term } from './term.js';

/**
 * What one projector does at a time, of whatever release: it ends memberships and publishes, until the signal aborts, another
 * process has taken over, or the log cannot be reached or is not the one it was.
 *
 * @throws what says that the log or the database cannot be used now; whoever holds the lease next tries again.
 */
export async function runProcesses(
  options: LeadershipOptions & Pick<Term, 'running'>,
  view: ReadView,
  signal: AbortSignal,
): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const term = await beginTerm(options, resources, options.running);
  const { store, database: url, registry, kafka, logger, startedAt } = term;
  const projections: HostedProjection[] = [membershipEndProjection(term, view)];
  if (kafka) {
    const ledger = openPostgresRelayLedger({ url, log: term.source('relay').log });
    const relay = relayProjection({ store, startedAt, ledger, settings: kafka, registry, logger });
    resources.defer(() => relay.close());
    projections.push(relay.projection);
  } else {
    await liftRelayHalt(term.halts, logger);
  }
  if (signal.aborted) return;
  const host = runProjections(projections, term);
  const over = new AbortController();
  resources.defer(() => over.abort());
  await Promise.race([once(signal, 'abort'), host.ownershipEnded(), cutOffFromLog(store, over.signal)]);
}
