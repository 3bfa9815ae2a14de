import { rowsOfTable } from '../connection/rows-of-table.js';
import { leaseTable } from './postgres-lease.js';

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
  const question = { url, table: leaseTable, text: select, values: [name] };
  const [row] = (await rowsOfTable<{ holder: string; since: number | null; isHeld: boolean }>(question)) ?? [];
  return row && { ...row, since: row.since ?? undefined };
}
