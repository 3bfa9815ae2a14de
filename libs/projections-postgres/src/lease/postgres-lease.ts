import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Lease } from '#projections';
import { projectionsSchema, ShortStatements } from '../connection/short-statements.js';

export interface PostgresLeaseOptions {
  readonly url: string;
  /** What is leased; several may be in one database. */
  readonly name: string;
  /** Default 6,000: with a standby that asks every second, another works within 7 seconds of the last renewal. */
  readonly lastsMs?: number;
}

/** The table of leases, one row each. */
export const leaseTable = `${projectionsSchema}.lease`;

const table = {
  name: leaseTable,
  columns: `
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    renewals BIGINT NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL`,
  laterColumns: { held_since: 'TIMESTAMPTZ' },
};

// Free, its own, expired by the server's clock, or (parameter 4) not renewed for as long by the claimant's.
const claim = `
  INSERT INTO ${leaseTable} AS l (name, holder, renewals, expires_at, held_since)
  VALUES ($1, $2, 1, clock_timestamp() + CAST($3 AS INTEGER) * INTERVAL '1 millisecond', clock_timestamp())
  ON CONFLICT (name) DO UPDATE
  SET holder = excluded.holder, renewals = l.renewals + 1, expires_at = excluded.expires_at,
    held_since = CASE
      WHEN l.holder = excluded.holder AND l.expires_at > clock_timestamp() THEN l.held_since
      ELSE excluded.held_since
    END
  WHERE l.holder = excluded.holder OR l.expires_at <= clock_timestamp() OR l.renewals = CAST($4 AS BIGINT)
  RETURNING l.renewals`;
const select = `SELECT CAST(l.renewals AS TEXT) AS renewals FROM ${leaseTable} AS l WHERE l.name = $1`;
const release = `UPDATE ${leaseTable} SET expires_at = '-infinity' WHERE name = $1 AND holder = $2`;

/**
 * A row that its holder renews. Time is the server's, one clock for all who claim; should that be set back, a claimant goes
 * by its own, which knows for how long it has seen no renewal. See docs/decisions/lease-and-freshness.md.
 */
export class PostgresLease implements Lease {
  readonly lastsMs: number;
  readonly #name: string;
  /** Tells an operator where to look, and every holder there ever was from every other. */
  readonly #holder = `${hostname()} process ${process.pid} ${randomUUID()}`;
  readonly #statements: ShortStatements;
  /** The last renewal of another's lease that was seen, and since when, by `performance.now`. */
  #seen: { readonly renewals: string; readonly since: number } | undefined;

  constructor({ url, name, lastsMs = 6_000 }: PostgresLeaseOptions) {
    this.#name = name;
    this.lastsMs = lastsMs;
    this.#statements = new ShortStatements(url, `lease ${name}`, table);
  }

  async claim(): Promise<boolean> {
    const parameters = [this.#name, this.#holder, this.lastsMs, this.#standingStill()];
    const held = (await this.#statements.rows(claim, parameters)).length > 0;
    if (held) this.#seen = undefined;
    else await this.#look();
    return held;
  }

  async release(): Promise<void> {
    await this.#statements.rows(release, [this.#name, this.#holder]).catch(() => undefined);
  }

  /** Does not give the lease back. */
  close(): Promise<void> {
    return this.#statements.end();
  }

  /** The number of a renewal that has been the last one for longer than a lease lasts. */
  #standingStill(): string | null {
    if (!this.#seen || performance.now() - this.#seen.since <= this.lastsMs) return null;
    return this.#seen.renewals;
  }

  async #look(): Promise<void> {
    const [row] = await this.#statements.rows<{ renewals: string }>(select, [this.#name]);
    if (row && row.renewals !== this.#seen?.renewals) this.#seen = { ...row, since: performance.now() };
  }
}
