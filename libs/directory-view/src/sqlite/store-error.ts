import { conditionOf } from '#projections-sqlite';
import { SqlStoreError } from '../sql/sql-connection.js';

/** What an error of `node:sqlite` says about the view. */
export function storeError(error: unknown): SqlStoreError {
  return error instanceof SqlStoreError ? error : new SqlStoreError(conditionOf(error), error);
}

export function isAway(error: unknown): error is SqlStoreError {
  return error instanceof SqlStoreError && error.condition === 'away';
}
