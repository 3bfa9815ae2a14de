import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { MostRecent } from '#kernel';
import type { SqlTransaction } from '../sql/sql-connection.js';
import type { SqlText, SqlValue } from '../sql/sql-text.js';
import { sqliteDialect } from './sqlite-dialect.js';
import { storeError } from './store-error.js';

/** Filters make statements of ever different text; those of the everyday queries stay. */
const mostStatements = 200;

const lockTimeoutMs = 50;

/** Answers rows as arrays; `columns` are the names of their values. */
interface PreparedStatement {
  readonly statement: StatementSync;
  readonly columns: readonly string[];
}

export interface SqliteConnectionOptions {
  readonly readOnly?: boolean;
  /** Called when a statement finds the file damaged. */
  readonly onDamage?: () => void;
}

/** One connection to the file of one generation. Synchronous beneath: an awaited answer is there in the same turn. */
export class SqliteConnection implements SqlTransaction {
  readonly dialect = sqliteDialect;
  readonly #database: DatabaseSync;
  readonly #statements = new MostRecent<string, PreparedStatement>(mostStatements);
  readonly #onDamage: (() => void) | undefined;

  constructor(path: string, options: SqliteConnectionOptions = {}) {
    this.#onDamage = options.onDamage;
    // Waiting for a lock blocks the whole process, so it is short; whoever can wait longer tries again.
    this.#database = this.#attempt(
      () => new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: lockTimeoutMs }),
    );
  }

  // The awaited work is synchronous, so the statement has been run before anybody else's.
  async rows<Row extends object>({ text, params }: SqlText, isEnough?: (row: Row) => boolean): Promise<readonly Row[]> {
    return this.#attempt(() => {
      const { statement, columns } = this.#prepare(text);
      const rowOf = (values: SqlValue[]) => rowOfValues(columns, values) as Row;
      if (!isEnough) return (statement.all(...params) as unknown as SqlValue[][]).map(rowOf);
      return takeUntil(statement.iterate(...params) as unknown as Iterable<SqlValue[]>, rowOf, isEnough);
    });
  }

  run(text: string, params: readonly SqlValue[]): void {
    this.change(text, params);
  }

  /** @returns how many rows the statement changed. */
  change(text: string, params: readonly SqlValue[]): number {
    return Number(this.#attempt(() => this.#prepare(text).statement.run(...params)).changes);
  }

  /** Statements without parameters and rows, e.g. of a transaction's frame. */
  execute(text: string): void {
    this.#attempt(() => this.#database.exec(text));
  }

  /** Ends a transaction whose error is on its way up; the engine may have ended it already. */
  rollBack(): void {
    if (this.#database.isTransaction) this.execute('ROLLBACK');
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(text: string): PreparedStatement {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = prepareStatement(this.#database, text);
    this.#statements.set(text, statement);
    return statement;
  }

  #attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const failure = storeError(error);
      if (failure.condition === 'damaged') this.#onDamage?.();
      throw failure;
    }
  }
}

function prepareStatement(database: DatabaseSync, text: string): PreparedStatement {
  const statement = database.prepare(text);
  statement.setReturnArrays(true);
  return { statement, columns: statement.columns().map(({ name }) => name) };
}

/** The engine's own objects are made and read as dictionaries: a look-up of one row takes 2.1 µs with them, and 1.5 so. */
function rowOfValues(columns: readonly string[], values: readonly SqlValue[]): object {
  const row: Record<string, SqlValue> = {};
  columns.forEach((column, index) => (row[column] = values[index] as SqlValue));
  return row;
}

/** Leaving the loop ends the statement. */
function takeUntil<Row>(
  rows: Iterable<SqlValue[]>,
  rowOf: (values: SqlValue[]) => Row,
  isEnough: (row: Row) => boolean,
): readonly Row[] {
  const taken: Row[] = [];
  for (const values of rows) {
    const row = rowOf(values);
    taken.push(row);
    if (isEnough(row)) break;
  }
  return taken;
}
