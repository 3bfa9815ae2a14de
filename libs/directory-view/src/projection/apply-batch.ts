import type { EventEnvelope } from '#event-catalog';
import { EventNotAppliedError } from '#projections';
import { SqlStoreError, type SqlTransaction } from '../sql/sql-connection.js';
import { BatchRows } from './batch-rows.js';
import { projectEvent } from './project-event.js';
import type { ResourceWriter } from './resource-writer.js';

/** Brings the rows of the view from before the batch to after it, within the caller's transaction. */
export async function applyBatch(
  transaction: SqlTransaction,
  writer: ResourceWriter,
  batch: readonly EventEnvelope[],
): Promise<void> {
  const rows = await BatchRows.read(transaction, batch);
  for (const envelope of batch) {
    try {
      projectEvent(rows, envelope);
    } catch (cause) {
      throw cause instanceof SqlStoreError ? cause : new EventNotAppliedError(envelope, cause);
    }
  }
  rows.resources.write(transaction, writer);
}
