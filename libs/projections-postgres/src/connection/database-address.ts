/** The database cannot be addressed as configured; the message says why and holds no secret. */
export class DatabaseAddressError extends Error {
  override readonly name = 'DatabaseAddressError';
}

/**
 * Checks an address such as `postgres://user:password@host:5432/database?sslmode=verify-full` before the driver sees it,
 * whose errors would carry the password.
 *
 * @returns the address without its credentials and options, to be logged.
 * @throws DatabaseAddressError
 */
export function describeDatabase(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new DatabaseAddressError('The address must have the form postgres://user:password@host:5432/database');
  }
  return `${parsed.protocol}//${parsed.host}${parsed.pathname}`;
}
