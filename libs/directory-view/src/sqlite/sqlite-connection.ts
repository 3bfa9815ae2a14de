import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { SqlTransaction } from '../sql/sql-connection.js';
import type { SqlText, SqlValue } from '../sql/sql-text.js';
import { sqliteDialect } from './sqlite-dialect.js';
import { storeError } from './store-error.js';

/** Filters make statements of ever different text; those of the everyday queries stay. */
const mostStatements = 200;

const lockTimeoutMs = 50;

export interface SqliteConnectionOptions {
  readonly readOnly?: boolean;
  /** Called when a statement finds the file damaged. */
  readonly onDamage?: () => void;
}

/** One connection to the file of one generation. Synchronous beneath: an awaited answer is there in the same turn. */
export class SqliteConnection implements SqlTransaction {
  readonly dialect = sqliteDialect;
  readonly #database: DatabaseSync;
  /** Those in use lately; when they are many, they become the earlier ones, and the earlier ones go. */
  #statements = new Map<string, StatementSync>();
  #earlierStatements = new Map<string, StatementSync>();

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
      const statement = this.#prepare(text);
      if (!isEnough) return statement.all(...params) as unknown as readonly Row[];
      return takeUntil(statement.iterate(...params) as unknown as Iterable<Row>, isEnough);
    });
  }

  run(text: string, params: readonly SqlValue[]): void {
    this.change(text, params);
  }

  /** @returns how many rows the statement changed. */
  change(text: string, params: readonly SqlValue[]): number {
    return Number(this.#attempt(() => this.#prepare(text).run(...params)).changes);
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
    this.#statements.clear();
    this.#earlierStatements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #prepare(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#earlierStatements.get(text) ?? this.#database.prepare(text);
    if (this.#statements.size >= mostStatements / 2) {
      this.#earlierStatements = this.#statements;
      this.#statements = new Map();
    }
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

/** Leaving the loop ends the statement. */
function takeUntil<Row>(rows: Iterable<Row>, isEnough: (row: Row) => boolean): readonly Row[] {
  const taken: Row[] = [];
  for (const row of rows) {
    taken.push(row);
    if (isEnough(row)) break;
  }
  return taken;
}
