import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresDirectoryView } from '#directory-view';
import { type Lease, pause, withinTime } from '#projections';
import type { ProjectionHost } from '../projection-host.js';
import { cutOffFromLog, type CutOffTimes } from './cut-off-from-log.js';
import { goneBack } from './gone-back.js';
import type { ReadView } from './membership-end-projection.js';
import { runProjections } from './run-projections.js';
import { beginTerm, type LeadershipOptions, type Term } from './term.js';
import { viewProjection } from './view-projection.js';

/** How often it is looked whether another release waits for a view that has stopped, milliseconds. */
const lookEveryMs = 1_000;

/** How long a view is kept up after its lease was given back, where nodes of another release wait for it, milliseconds. */
const partingMs = 5_000;

/**
 * How long a view may take to close, milliseconds. A server that answers nothing any more is given up minutes later, and until then
 * this process could neither lead again nor end.
 */
const closeWithinMs = 2_000;

export interface ViewLeadership extends LeadershipOptions, Pick<Term, 'running'> {
  readonly lease: Lease;
  readonly cutOff?: CutOffTimes;
  /** What else the process does with the view, until the signal aborts. */
  readonly meanwhile: (view: ReadView, signal: AbortSignal) => Promise<void>;
}

/**
 * Keeps up the view of this release until the signal aborts, another process has taken over, the log cannot be reached or is not
 * the one it was, the view is behind where it was, or is to be begun anew, which puts it into building where it is beside another release: one that has
 * stopped for good does not hold that up.
 *
 * @throws what says that the log or the database cannot be used now; whoever holds the lease next tries again.
 */
export async function keepUpView(options: ViewLeadership, signal: AbortSignal): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const term = await beginTerm(options, resources, options.running);
  const { database: url, registry, source } = term;
  const view = await PostgresDirectoryView.open({ url, registry, ...source('directory-view') });
  resources.defer(() => withinTime(view.close(), closeWithinMs));
  // Opening may have taken longer than the lease: whoever leads by now is not to be overthrown.
  if (signal.aborted) return;
  const projection = viewProjection(term, view);
  const host = runProjections([projection], term);
  const over = new AbortController();
  const meanwhile = options.meanwhile(
    { reader: view.reader, progress: projection.progress },
    AbortSignal.any([signal, over.signal]),
  );
  await Promise.race([
    once(signal, 'abort'),
    host.ownershipEnded(),
    holdsUpAnother(view, host, over.signal),
    cutOffFromLog(term.store, over.signal, options.cutOff),
    goneBack(view, projection.progress, over.signal).then((found) => {
      const line = found && { from: String(found.from), to: String(found.to) };
      if (line) term.logger.warn(line, 'view went back, its database was replaced: it is taken over anew');
    }),
  ]);
  over.abort();
  if (signal.aborted && (await view.isBesideAnother().catch(() => false))) {
    await options.lease.release();
    await sleep(partingMs);
  }
  // Whoever holds the lease by then is not to meet this one's writes, however long the rest takes to end.
  await Promise.all([host.onApplicationShutdown(), meanwhile]);
}

/** Resolves where the live generation has stopped for good, and nodes of another release wait for it. */
async function holdsUpAnother(view: PostgresDirectoryView, host: ProjectionHost, over: AbortSignal): Promise<void> {
  await host.stopped();
  while (!over.aborted && !(await view.isBesideAnother('kept').catch(() => false))) {
    await pause(lookEveryMs, over);
  }
}
