import { type HostedProjection, ProjectionHost } from '../projection-host.js';
import type { Term } from './term.js';

/** Runs them until the term's resources are closed. */
export function runProjections(projections: readonly HostedProjection[], { logger, halts, resources, running }: Term) {
  const host = new ProjectionHost(projections, logger, halts);
  host.onApplicationBootstrap();
  running.add(host);
  resources.defer(async () => {
    await host.onApplicationShutdown();
    running.delete(host);
  });
  return host;
}
