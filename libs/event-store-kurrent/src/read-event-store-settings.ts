import { err, ok, type Result } from '#kernel';
import { ConnectionStringRefused, connectionSettings } from './connection-settings.js';
import type { KurrentEventStoreOptions } from './kurrent-event-store.js';

/**
 * Reads from environment variables which log is meant: EVENTSTORE_URL and EVENTSTORE_NAMESPACE.
 *
 * @returns every mistake otherwise, each in a sentence that names the variable and repeats no secret.
 */
export function readEventStoreSettings(
  variables: Readonly<Record<string, string | undefined>>,
): Result<KurrentEventStoreOptions, string[]> {
  const connectionString = variables['EVENTSTORE_URL']?.trim() ?? '';
  const namespace = variables['EVENTSTORE_NAMESPACE'] ?? '';
  const mistakes = mistakesInConnection(connectionString);
  if (!/^[a-z0-9]*$/.test(namespace)) mistakes.push('EVENTSTORE_NAMESPACE must be lower-case letters and digits');
  return mistakes.length > 0 ? err(mistakes) : ok({ connectionString, ...(namespace !== '' && { namespace }) });
}

function mistakesInConnection(connectionString: string): string[] {
  if (connectionString === '') {
    return ['EVENTSTORE_URL must be a connection string, such as esdb://eventstore:2113?tls=true'];
  }
  try {
    connectionSettings(connectionString);
    return [];
  } catch (error) {
    if (error instanceof ConnectionStringRefused) return [`EVENTSTORE_URL: ${error.message}`];
    throw error;
  }
}
