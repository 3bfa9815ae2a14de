import type { JsonObject } from '#kernel';
import type { Position, RecordedEvent, Revision, StreamName } from '#event-store';

export const columns = 'position, stream, revision, id, type, data, metadata, recorded_at AS recordedAt';

export interface EventRow {
  readonly position: number;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
  readonly recordedAt: number;
}

export function toRecordedEvent(row: EventRow): RecordedEvent {
  return {
    id: row.id,
    type: row.type,
    data: JSON.parse(row.data) as JsonObject,
    metadata: JSON.parse(row.metadata) as Record<string, string>,
    stream: row.stream,
    revision: row.revision,
    position: BigInt(row.position) as Position,
    recordedAt: row.recordedAt,
  };
}
