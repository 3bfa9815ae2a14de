import { allOf, err, ok, type Result } from '#kernel';
import { readEventStoreSettings } from '#event-store-kurrent';
import { readEnvironment } from '#platform';
import { readDatabaseAddress } from '#projections-postgres';
import { EmbeddedEnvironment } from './embedded-environment.js';
import type { SharedEngines } from './shared-engines.js';

export type Configuration = EmbeddedEnvironment | SharedEngines;

type Variables = Readonly<Record<string, string | undefined>>;

/** Which installation is meant, by the variables its servers were started with; or every mistake in them. */
export function readConfiguration(variables: Variables): Result<Configuration, string[]> {
  const isDistributed = [variables['EVENTSTORE_URL'], variables['DATABASE_URL']].some((url) => url);
  return isDistributed ? readSharedEngines(variables) : readEnvironment(EmbeddedEnvironment, variables);
}

function readSharedEngines(variables: Variables): Result<SharedEngines, string[]> {
  const read = allOf(readEventStoreSettings(variables), readDatabaseAddress(variables), withoutFolder(variables));
  if (!read.ok) return read;
  const [eventStore, database] = read.value;
  return ok({ eventStore, database });
}

function withoutFolder({ DATA_DIR }: Variables): Result<undefined, string[]> {
  if (!DATA_DIR) return ok(undefined);
  return err(['DATA_DIR is set, and so is EVENTSTORE_URL or DATABASE_URL: unset what the installation does not use']);
}
