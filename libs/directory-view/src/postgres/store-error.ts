import { conditionOf } from '#projections-postgres';
import { SqlStoreError } from '../sql/sql-connection.js';

/** What an error of `pg` says about the database. */
export function postgresError(error: unknown): SqlStoreError {
  return error instanceof SqlStoreError ? error : new SqlStoreError(conditionOf(error), error);
}
