import { openPool } from '../connection/open-pool.js';
import { leaseTable } from './postgres-lease.js';

/** Statements of one row, which the server answers at once or not at all. Milliseconds. */
const withinMs = 3_000;

/** A lease as the database has it. */
export interface StoredLease {
  /** Host and process, and what tells it from other holders there. */
  readonly holder: string;
  /** Since when without a break, milliseconds since the Unix epoch; undefined where an earlier release took it. */
  readonly since: number | undefined;
  /** Whether it has not ended, by the server's clock. */
  readonly isHeld: boolean;
}

// By way of JSON, as a table that only earlier releases have used lacks the column.
const select = `
  SELECT l.holder,
    CAST(extract(epoch FROM CAST(to_jsonb(l) ->> 'held_since' AS TIMESTAMPTZ)) * 1000 AS DOUBLE PRECISION) AS since,
    l.expires_at > clock_timestamp() AS "isHeld"
  FROM ${leaseTable} AS l WHERE l.name = $1`;

/**
 * Who holds a lease, for those who neither hold nor want it; writes nothing.
 *
 * @returns undefined where nobody has ever held it.
 * @throws DatabaseAddressError
 */
export async function readLease(url: string, name: string): Promise<StoredLease | undefined> {
  const pool = openPool({
    url,
    applicationName: `scim-ledger look at lease ${name}`,
    mostConnections: 1,
    settings: { statement_timeout: withinMs, default_transaction_read_only: 'on' },
    answersWithinMs: withinMs + 1_000,
  });
  try {
    const found = await pool.query<{ found: string | null }>('SELECT to_regclass($1) AS found', [leaseTable]);
    if (found.rows[0]?.found == null) return undefined;
    const { rows } = await pool.query<{ holder: string; since: number | null; isHeld: boolean }>(select, [name]);
    return rows[0] && { ...rows[0], since: rows[0].since ?? undefined };
  } finally {
    await pool.end();
  }
}
