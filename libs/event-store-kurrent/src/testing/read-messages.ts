import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredRecord } from './stored-record.js';

const { ReadResp: Answer } = streams;

/** An answer that is bytes already. */
class WrittenAnswer extends Answer {
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    super();
    this.#bytes = bytes;
  }

  override serializeBinary(): Uint8Array {
    return this.#bytes;
  }
}

/** Written for its first reader; all others get the same bytes. */
export function eventMessage(record: StoredRecord): ReadResp {
  // Copied, because thousands of buffers of their own are slow to look through for the collector of garbage.
  record.written ??= Buffer.from(newEventMessage(record).serializeBinary());
  return new WrittenAnswer(record.written);
}

function newEventMessage(record: StoredRecord): ReadResp {
  const recorded = new Answer.ReadEvent.RecordedEvent();
  const id = new shared.UUID();
  id.setString(record.id);
  recorded.setId(id);
  recorded.setStreamIdentifier(streamIdentifier(record.stream));
  recorded.setStreamRevision(String(record.revision));
  recorded.setCommitPosition(record.position.toString());
  recorded.setPreparePosition(record.position.toString());
  recorded
    .getMetadataMap()
    .set('type', record.type)
    .set('content-type', record.contentType)
    .set('created', String(BigInt(record.created) * 10_000n));
  recorded.setData(record.data);
  recorded.setCustomMetadata(record.metadata);
  const event = new Answer.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(record.position.toString());
  const message = new Answer();
  message.setEvent(event);
  return message;
}

export function streamNotFoundMessage(stream: string): ReadResp {
  const notFound = new Answer.StreamNotFound();
  notFound.setStreamIdentifier(streamIdentifier(stream));
  const message = new Answer();
  message.setStreamNotFound(notFound);
  return message;
}

export function confirmationMessage(subscriptionId: string): ReadResp {
  const confirmation = new Answer.SubscriptionConfirmation();
  confirmation.setSubscriptionId(subscriptionId);
  const message = new Answer();
  message.setConfirmation(confirmation);
  return message;
}

export function checkpointMessage(position: bigint): ReadResp {
  const checkpoint = new Answer.Checkpoint();
  checkpoint.setCommitPosition(position.toString());
  checkpoint.setPreparePosition(position.toString());
  const message = new Answer();
  message.setCheckpoint(checkpoint);
  return message;
}

export function caughtUpMessage(): ReadResp {
  const message = new Answer();
  message.setCaughtUp(new Answer.CaughtUp());
  return message;
}

export function nameOf(identifier: { getStreamName_asU8(): Uint8Array } | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');
}

export function streamIdentifier(stream: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream, 'utf8'));
  return identifier;
}
