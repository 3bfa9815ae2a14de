import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import { AppendTooLarge, EventIdTaken, type EventRecord, type ExpectedRevision } from '#event-store';

const { BatchAppendReq: Request } = streams;

/** Bytes of events in one message; an append may take several. */
const messageSize = 3 * 1024 * 1024;
/** The server takes messages of almost 16 MiB. A larger one would break off the call for all appends that wait in it. */
const largestEvent = 15 * 1024 * 1024;

/** An event as it will be sent. */
export type ProposedEvent = BatchAppendReq.ProposedMessage;

/**
 * Events as they will be sent, made when they are handed over, so that what cannot be text fails at once and the caller
 * may go on using its objects.
 *
 * @throws EventIdTaken for an id that is used twice. One that is used elsewhere in the log cannot be known here.
 * @throws AppendTooLarge
 */
export function proposedEvents(events: readonly EventRecord[]): readonly ProposedEvent[] {
  const ids = new Set<string>();
  return events.map(({ id, type, data, metadata }) => {
    if (ids.has(id)) throw new EventIdTaken(id);
    ids.add(id);
    const proposed = new Request.ProposedMessage();
    proposed.setId(uuid(id));
    proposed.getMetadataMap().set('type', type).set('content-type', 'application/json');
    proposed.setData(Buffer.from(JSON.stringify(data), 'utf8'));
    proposed.setCustomMetadata(Buffer.from(JSON.stringify(metadata), 'utf8'));
    if (sizeOf(proposed) > largestEvent) {
      throw new AppendTooLarge(`An event may have ${largestEvent} bytes, not ${sizeOf(proposed)}`);
    }
    return proposed;
  });
}

/** One append: a message, or several where its events are large. */
export function appendRequests(
  correlationId: string,
  stream: string,
  expected: ExpectedRevision,
  events: readonly ProposedEvent[],
): readonly BatchAppendReq[] {
  const first = requestOf(correlationId);
  first.setOptions(optionsOf(stream, expected));
  const requests = [first];
  let [request, size] = [first, 0];
  for (const event of events) {
    if (size > 0 && size + sizeOf(event) > messageSize) {
      requests.push((request = requestOf(correlationId)));
      size = 0;
    }
    size += sizeOf(event);
    request.addProposedMessages(event);
  }
  request.setIsFinal(true);
  return requests;
}

function sizeOf(event: ProposedEvent): number {
  return event.getData_asU8().length + event.getCustomMetadata_asU8().length;
}

function requestOf(correlationId: string): BatchAppendReq {
  const request = new Request();
  request.setCorrelationId(uuid(correlationId));
  return request;
}

function optionsOf(stream: string, expected: ExpectedRevision): BatchAppendReq.Options {
  const name = new shared.StreamIdentifier();
  name.setStreamName(Buffer.from(stream, 'utf8'));
  const options = new Request.Options();
  options.setStreamIdentifier(name);
  if (expected === 'no-stream') options.setNoStream(new shared.Empty());
  else options.setStreamPosition(String(expected));
  return options;
}

function uuid(text: string) {
  const id = new shared.UUID();
  id.setString(text);
  return id;
}
