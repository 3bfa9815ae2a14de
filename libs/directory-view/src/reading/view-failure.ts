import { SqlStoreError } from '../sql/sql-connection.js';

/**
 * Whether a read failed because the view's file is damaged or away, so that the question may have an answer elsewhere. A
 * statement that makes no sense is a bug, and not to be hidden.
 */
export function isViewFailure(error: unknown): error is SqlStoreError {
  return error instanceof SqlStoreError && error.condition !== 'broken';
}
