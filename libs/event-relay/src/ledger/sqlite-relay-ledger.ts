import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { SerialQueue } from '#kernel';
import { TargetUnavailableError } from '#projections';
import { addMissingColumn, conditionOf } from '#projections-sqlite';
import type { LedgerDatabase, LedgerRow, LedgerValue } from './ledger-database.js';
import { laterColumns, ledgerTables } from './ledger-tables.js';
import { SqlRelayLedger, type SqlRelayLedgerOptions } from './sql-relay-ledger.js';

export interface SqliteRelayLedgerOptions extends Pick<SqlRelayLedgerOptions, 'log'> {
  readonly file: string;
  /** Default `relay`: a file of its own needs no telling apart. */
  readonly relay?: string;
}

/**
 * A relay's memory in a SQLite file of its own. Losing the file costs one more publication of the whole log, and the
 * knowledge of what was parked.
 */
export function openSqliteRelayLedger({ file, log, relay = 'relay' }: SqliteRelayLedgerOptions): SqlRelayLedger {
  return new SqlRelayLedger({ database: new SqliteLedgerDatabase(file, 'own'), log, relay });
}

export class SqliteLedgerDatabase implements LedgerDatabase {
  readonly #database: DatabaseSync;
  /** There is one connection: whatever ran while a transaction is open would be part of it. */
  readonly #turns = new SerialQueue();
  readonly #statements = new Map<string, StatementSync>();

  /** @param access `own` makes the file and its tables where they are missing; the others are for a file that is there. */
  constructor(file: string, access: 'own' | 'write' | 'read') {
    this.#database = new DatabaseSync(file, { readBigInts: true, timeout: 1_000, readOnly: access === 'read' });
    if (access !== 'own') return;
    // What a power failure takes of the last moves is published once more.
    this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    for (const table of ledgerTables) this.#database.exec(table);
    for (const { table, column, type } of laterColumns) addMissingColumn(this.#database, table, column, type);
  }

  run(sql: string, parameters?: readonly LedgerValue[]): Promise<readonly LedgerRow[]> {
    return this.#turns.run('connection', () => this.#run(sql, parameters));
  }

  transaction<T>(work: (run: LedgerDatabase['run']) => Promise<T>): Promise<T> {
    return this.#turns.run('connection', async () => {
      await this.#run('BEGIN IMMEDIATE');
      try {
        const result = await work(this.#run);
        await this.#run('COMMIT');
        return result;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  async columnsOf(table: string): Promise<readonly string[]> {
    return (await this.run('SELECT name FROM pragma_table_info($1)', [table])).map(({ name }) => name as string);
  }

  async close(): Promise<void> {
    if (this.#database.isOpen) this.#database.close();
  }

  readonly #run = async (sql: string, parameters: readonly LedgerValue[] = []): Promise<readonly LedgerRow[]> => {
    try {
      return this.#statement(sql).all(...parameters) as LedgerRow[];
    } catch (error) {
      throw conditionOf(error) === 'away'
        ? new TargetUnavailableError('The ledger cannot be used now', { cause: error })
        : error;
    }
  };

  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      // To SQLite `$1` would be a name.
      statement = this.#database.prepare(sql.replaceAll('$', '?'));
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
