/** `away`: trying again may help. `damaged`: the rows cannot be trusted. `broken`: anything else, e.g. a bug. */
export type PostgresCondition = 'away' | 'damaged' | 'broken';

/**
 * SQLSTATEs, and classes of them, of a server that cannot answer now: connection lost, shutting down, closed to connections, too
 * many of them, disk or memory full, a failing disk, locked, cancelled by a timeout, read-only after a failover, credentials
 * being changed; and of a generation that somebody has dropped, until another one is known.
 */
const awayStates = /^(08...|53...|57P0.|57014|55000|55P03|40001|40P01|25006|25P0[34]|28...|3D000|42P01|3F000|58...)$/;
/** Data or an index found corrupted. */
const damagedStates = /^XX00[12]$/;
const awayErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  // Of this machine: no port, no file or no memory for one more connection.
  'EADDRNOTAVAIL',
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
]);
/** A handshake that fails, or a certificate that does not hold: of a server that takes over, or whose certificate is being changed. */
const awayHandshakes = /^(EPROTO$|ERR_(SSL|TLS)_|CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED_CERT)/;
/** The driver has no codes for these. */
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Query read timeout|There was an error establishing an SSL connection|The server does not support SSL connections|Cannot use a pool after calling end)/;

/** What an error of `pg` says about the database. */
export function conditionOf(error: unknown): PostgresCondition {
  const { code, message } = partsOf(error);
  if (code === undefined) return awayMessages.test(message) ? 'away' : 'broken';
  if (awayStates.test(code) || awayErrors.has(code) || awayHandshakes.test(code)) return 'away';
  return damagedStates.test(code) ? 'damaged' : 'broken';
}

/** An SQLSTATE, or a code of the operating system. Errors come from Node too, of which `instanceof` says nothing in tests. */
function partsOf(error: unknown): { readonly code: string | undefined; readonly message: string } {
  const { code, message } = Object(error) as { readonly code?: unknown; readonly message?: unknown };
  return { code: typeof code === 'string' ? code : undefined, message: typeof message === 'string' ? message : '' };
}
