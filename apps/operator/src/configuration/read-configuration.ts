import type { Result } from '#kernel';
import { readEnvironment } from '#platform';
import { DistributedEnvironment } from './distributed-environment.js';
import { EmbeddedEnvironment } from './embedded-environment.js';

export type Configuration = EmbeddedEnvironment | DistributedEnvironment;

/** Which installation is meant, by the variables its servers were started with; or every mistake in them. */
export function readConfiguration(
  variables: Readonly<Record<string, string | undefined>>,
): Result<Configuration, string[]> {
  const isDistributed = [variables['EVENTSTORE_URL'], variables['DATABASE_URL']].some((url) => url);
  return isDistributed
    ? readEnvironment(DistributedEnvironment, variables)
    : readEnvironment(EmbeddedEnvironment, variables);
}
