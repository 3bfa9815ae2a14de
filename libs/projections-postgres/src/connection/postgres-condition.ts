/** `away`: trying again may help. `damaged`: the rows cannot be trusted. `broken`: anything else, e.g. a bug. */
export type PostgresCondition = 'away' | 'damaged' | 'broken';

/**
 * SQLSTATEs, and classes of them, of a server that cannot answer now: connection lost, shutting down, too many
 * connections, disk or memory full, locked, cancelled by a timeout, read-only after a failover, credentials being
 * changed; and of a generation that somebody has dropped, until another one is known.
 */
const awayStates = /^(08...|53...|57P0.|57014|55P03|40001|40P01|25006|25P0[34]|28...|3D000|42P01|3F000)$/;
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
]);
/** The driver has no codes for these. */
const awayMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end)/;

/** What an error of `pg` says about the database. */
export function conditionOf(error: unknown): PostgresCondition {
  if (!(error instanceof Error)) return 'broken';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined) {
    if (awayStates.test(code) || awayErrors.has(code)) return 'away';
    if (damagedStates.test(code)) return 'damaged';
  }
  return awayMessages.test(error.message) ? 'away' : 'broken';
}

/** Whether what was sent on the connection is of unknown outcome: it ended before the server had answered. */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? awayMessages.test(error.message) : awayErrors.has(code) || /^(08...|57P0.)$/.test(code);
}
