/** A value of a row or of a parameter. */
export type LedgerValue = string | number | bigint | null;
export type LedgerRow = Readonly<Record<string, LedgerValue>>;

/** The little of SQL that the ledger takes, in words that SQLite and PostgreSQL share; parameters are `$1`, `$2`. */
export interface LedgerDatabase {
  /** @returns the rows the statement answers with, also those of RETURNING. */
  run(sql: string, parameters?: readonly LedgerValue[]): Promise<readonly LedgerRow[]>;
  /** All of the work or nothing; its statements go through the `run` it is given. */
  transaction<T>(work: (run: LedgerDatabase['run']) => Promise<T>): Promise<T>;
  /** @returns the names of a table's columns; none where there is no such table. */
  columnsOf(table: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
