import type { Dialect } from './dialect.js';
import type { SqlText, SqlValue } from './sql-text.js';

export type SqlRow = Readonly<Record<string, SqlValue>>;

/** The store, not the statement's meaning, is why a statement failed: busy, full, damaged, closed. */
export class SqlStoreError extends Error {
  override readonly name = 'SqlStoreError';

  constructor(
    /** `away`: trying again may help. `damaged`: the rows cannot be trusted. `broken`: anything else. */
    readonly condition: 'away' | 'damaged' | 'broken',
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** One connection to the store of one generation. Statements are prepared once per text. Errors are `SqlStoreError`. */
export interface SqlConnection {
  readonly dialect: Dialect;

  /**
   * @typeParam Row the shape the statement selects; integers must fit a number.
   * @param isEnough asked of every row; rows after the first it is true of are not read.
   */
  rows<Row extends object>(statement: SqlText, isEnough?: (row: Row) => boolean): Promise<readonly Row[]>;
}

/** A transaction under way: what it writes is there together at its end, or not at all. */
export interface SqlTransaction extends SqlConnection {
  /** Runs a statement after all earlier ones. Where the store is remote an error surfaces at the commit. */
  run(text: string, params: readonly SqlValue[]): void;
}

/** Where reads of one generation go to. */
export interface SqlReads extends SqlConnection {
  /** Runs several reads on one snapshot, on a connection of their own, so that they may take their time. */
  snapshot<T>(reads: (connection: SqlConnection) => Promise<T>): Promise<T>;
}
