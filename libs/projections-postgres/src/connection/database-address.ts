import { err, ok, type Result } from '#kernel';

/** The database cannot be addressed as configured; the message says why and holds no secret. */
export class DatabaseAddressError extends Error {
  override readonly name = 'DatabaseAddressError';
}

const form = 'the form postgres://user:password@host:5432/database';

/**
 * Checks an address such as `postgres://user:password@host:5432/database?sslmode=verify-full` before the driver sees it,
 * whose errors would carry the password.
 *
 * @returns the address without its credentials and options, to be logged.
 * @throws DatabaseAddressError
 */
export function describeDatabase(url: string): string {
  const address = parseAddress(url);
  if (!address) throw new DatabaseAddressError(`The address must have ${form}`);
  return `${address.protocol}//${address.host}${address.pathname}`;
}

/** Reads from the environment variable DATABASE_URL which database is meant. @returns otherwise a sentence that names it. */
export function readDatabaseAddress(
  variables: Readonly<Record<string, string | undefined>>,
): Result<string, readonly string[]> {
  const url = variables['DATABASE_URL']?.trim() ?? '';
  return parseAddress(url) ? ok(url) : err([`DATABASE_URL must have ${form}`]);
}

function parseAddress(url: string): URL | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && /^postgres(ql)?:$/.test(parsed.protocol) && parsed.host !== '' ? parsed : undefined;
}
