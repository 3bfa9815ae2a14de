import type { SqlValue } from '../../sql/sql-text.js';

export type ColumnType = 'TEXT' | 'BIGINT' | 'INTEGER' | 'JSONB';

/** The rows a write reads or changes: one, or (`row` undefined) all of a scope. Writes of one row belong to its scope. */
export interface TouchedRows {
  readonly scope: string;
  readonly row?: string;
}

/** A write of one row, and the statement that does it for as many as there are. */
export interface RowsStatement {
  /** As the projection has it; its parameters are those of one row. */
  readonly one: string;
  /** Of the parameters, in order. */
  readonly types: readonly ColumnType[];
  /** Takes the parameters of all rows as one array a parameter. */
  readonly many: string;
  touches(params: readonly SqlValue[]): TouchedRows;
}

/** A relation with a row for every write and the parameter number n of it in column `given.pn`. */
export function given(types: readonly ColumnType[]): string {
  const arrays = types.map((type) => `CAST(? AS ${type}[])`);
  return `unnest(${arrays.join(', ')}) AS given (${types.map((_, index) => `p${index + 1}`).join(', ')})`;
}

/** Names rows by the values of their keys; two names may be equal by accident, which costs speed only. */
export function named(table: string, ...key: readonly (SqlValue | undefined)[]): string {
  return `${table}/${key.join('/')}`;
}
