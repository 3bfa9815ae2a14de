import type pg from 'pg';
import { TargetUnavailableError } from '#projections';
import { conditionOf, openPool } from '#projections-postgres';
import type { LedgerDatabase, LedgerRow, LedgerValue } from './ledger-database.js';
import { laterColumns, ledgerTables } from './ledger-tables.js';
import { SqlRelayLedger, type SqlRelayLedgerOptions } from './sql-relay-ledger.js';

export interface PostgresRelayLedgerOptions extends Pick<SqlRelayLedgerOptions, 'log'> {
  readonly url: string;
  /** Tells relays apart that share the database. Default `relay`. */
  readonly relay?: string;
}

const schema = 'scim_relay';
/** Statements of a few rows, which the server answers at once or not at all. Milliseconds. */
const withinMs = 3_000;

/**
 * A relay's memory in PostgreSQL, where a relay on another machine finds it when it takes over. Connects, and makes its
 * tables, when it is first asked.
 *
 * @throws DatabaseAddressError
 */
export function openPostgresRelayLedger({ url, log, relay = 'relay' }: PostgresRelayLedgerOptions): SqlRelayLedger {
  return new SqlRelayLedger({ database: new PostgresLedgerDatabase(url, 'own'), log, relay });
}

export class PostgresLedgerDatabase implements LedgerDatabase {
  readonly #pool: pg.Pool;
  readonly #makes: boolean;
  #isMade = false;

  /** @param access `own` makes the tables where they are missing; the others are for tables that are there (`hasTables`). */
  constructor(url: string, access: 'own' | 'write' | 'read') {
    this.#makes = access === 'own';
    this.#pool = openPool({
      url,
      applicationName: 'scim-ledger relay',
      mostConnections: 2,
      settings: {
        search_path: schema,
        statement_timeout: withinMs,
        // An owner that is frozen amid a move, or whose machine has lost its power, must not keep its successor out.
        idle_in_transaction_session_timeout: withinMs,
        client_min_messages: 'warning',
        ...(access === 'read' && { default_transaction_read_only: 'on' }),
      },
      answersWithinMs: withinMs + 1_000,
    });
  }

  /** @throws TargetUnavailableError */
  async hasTables(): Promise<boolean> {
    const [row] = await this.run(`SELECT CAST(to_regclass('${schema}.relay_parked') AS TEXT) AS found`);
    return row?.['found'] != null;
  }

  run(sql: string, parameters?: readonly LedgerValue[]): Promise<readonly LedgerRow[]> {
    return this.#connected((client) => rowsOf(client, sql, parameters));
  }

  transaction<T>(work: (run: LedgerDatabase['run']) => Promise<T>): Promise<T> {
    return this.#connected(async (client) => {
      await client.query('BEGIN');
      try {
        const result = await work((sql, parameters) => rowsOf(client, sql, parameters));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
  }

  columnsOf(table: string): Promise<readonly string[]> {
    return this.#connected((client) => columnsOf(client, table));
  }

  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  /** @throws TargetUnavailableError what was under way may have been done, or not. */
  async #connected<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient | undefined;
    let failed = false;
    try {
      client = await this.#pool.connect();
      if (this.#makes && !this.#isMade) await this.#makeTables(client);
      return await work(client);
    } catch (error) {
      failed = true;
      // Somebody may have dropped them.
      this.#isMade = false;
      if (conditionOf(error) !== 'away') throw error;
      throw new TargetUnavailableError('The ledger cannot be used now', { cause: error });
    } finally {
      // Failures are rare, and a connection is soon made.
      client?.release(failed);
    }
  }

  async #makeTables(client: pg.PoolClient): Promise<void> {
    // One transaction, in which two that make them at once do so one after the other.
    const lock = `SELECT pg_advisory_xact_lock(hashtext('${schema}'))`;
    await client.query([lock, `CREATE SCHEMA IF NOT EXISTS ${schema}`, ...ledgerTables].join(';'));
    for (const { table, column, type } of laterColumns) {
      // Only where it is missing: the statement waits for everybody who uses the table, whether it changes it or not.
      if ((await columnsOf(client, table)).includes(column)) continue;
      await client.query(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${column} ${type}`);
    }
    this.#isMade = true;
  }
}

async function columnsOf(client: pg.PoolClient, table: string): Promise<readonly string[]> {
  const select = `SELECT CAST(a.attname AS TEXT) AS name FROM pg_attribute AS a
    WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`;
  return (await rowsOf(client, select, [table])).map(({ name }) => name as string);
}

async function rowsOf(
  client: pg.PoolClient,
  sql: string,
  parameters: readonly LedgerValue[] = [],
): Promise<readonly LedgerRow[]> {
  return (await client.query<LedgerRow>(sql, [...parameters])).rows;
}
