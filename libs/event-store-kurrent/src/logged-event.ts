import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { JsonObject } from '#kernel';
import { EventStoreUnavailable, type Position, type RecordedEvent, type Revision, type StreamName } from '#event-store';
import type { LogScope } from './log-scope.js';

/** What a server says that does not know the position of an event it reads from a stream. */
const noPosition = 0xffff_ffff_ffff_ffffn;
/** The server counts time in steps of 100 ns since the Unix epoch. */
const ticksPerMillisecond = 10_000n;

/**
 * An event as the server sent it. Data and metadata are parsed when they are first looked at, as those who follow the
 * log live look at the type alone of most events.
 *
 * The position is the event's commit position. It differs from the prepare position only where several events share
 * one commit record, as explicit transactions of the former TCP protocol wrote them. Every write over gRPC commits each
 * of its events by itself, so commit positions are unique, and are the prepare positions, for all that we write.
 */
export class LoggedEvent implements RecordedEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
  readonly recordedAt: number;
  // Visible properties, so that events are compared by them as well.
  private readonly dataText: string;
  private readonly metadataText: string;
  #data: JsonObject | undefined;
  #metadata: Record<string, string> | undefined;

  constructor(recorded: ReadResp.ReadEvent.RecordedEvent, scope: LogScope) {
    const described = recorded.getMetadataMap();
    this.id = recorded.getId()?.getString() ?? '';
    this.type = described.get('type') ?? '';
    this.stream = scope.nameInLog(text(recorded.getStreamIdentifier()?.getStreamName_asU8()));
    this.revision = Number(recorded.getStreamRevision()) as Revision;
    this.position = BigInt(recorded.getCommitPosition()) as Position;
    this.recordedAt = Number(BigInt(described.get('created') ?? 0) / ticksPerMillisecond);
    this.dataText = text(recorded.getData_asU8());
    this.metadataText = text(recorded.getCustomMetadata_asU8());
    if (this.position === noPosition) {
      throw new EventStoreUnavailable('The event store is too old: it does not say the positions of a stream’s events');
    }
  }

  get data(): JsonObject {
    return (this.#data ??= JSON.parse(this.dataText) as JsonObject);
  }

  get metadata(): Record<string, string> {
    return (this.#metadata ??= JSON.parse(this.metadataText || '{}') as Record<string, string>);
  }
}

function text(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}
