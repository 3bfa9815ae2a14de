import type { ServerDuplexStream } from '@grpc/grpc-js';
// Comes with the client, whose generated messages are made of it.
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpc, { type Status } from '@eventstore/db-client/generated/status_pb.js';
import streams, { type BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { proposedRecord } from './append-service.js';
import { type AppendAnswer, acceptAppend } from './accept-append.js';
import type { WriteResult } from './loopback-log.js';
import { type NodeOfCluster, misdirected } from './node-of-cluster.js';
import { nameOf, streamIdentifier } from './read-messages.js';
import { notLeader } from './rpc-errors.js';
import type { ProposedRecord } from './stored-record.js';

type BatchCall = ServerDuplexStream<BatchAppendReq, BatchAppendResp>;

interface Pending {
  readonly options: BatchAppendReq.Options;
  readonly events: ProposedRecord[];
}

/** `Streams.BatchAppend`: all appends of a client in one call, in the order they were sent. */
export function batchAppendService(node: NodeOfCluster) {
  return async (call: BatchCall): Promise<void> => {
    const pending = new Map<string, Pending>();
    for await (const request of call as AsyncIterable<BatchAppendReq>) {
      const leader = misdirected(node, call.metadata);
      if (leader) return void call.emit('error', notLeader(leader));
      const id = request.getCorrelationId()?.getString() ?? '';
      const options = request.getOptions();
      if (options) pending.set(id, { options, events: [] });
      const append = pending.get(id);
      append?.events.push(...request.getProposedMessagesList().map(proposedRecord));
      if (!append || !request.getIsFinal()) continue;
      pending.delete(id);
      void answerOne(node, call, id, append);
    }
    call.end();
  };
}

async function answerOne(node: NodeOfCluster, call: BatchCall, id: string, { options, events }: Pending) {
  const stream = nameOf(options.getStreamIdentifier());
  const expected = options.hasStreamPosition()
    ? Number(options.getStreamPosition())
    : options.hasNoStream()
      ? -1
      : 'any';
  const result = await acceptAppend(node, call.metadata, { stream, expected, events });
  if (!result) return;
  const answer = new streams.BatchAppendResp();
  const correlation = new shared.UUID();
  correlation.setString(id);
  answer.setCorrelationId(correlation);
  answer.setStreamIdentifier(streamIdentifier(stream));
  if (result.result === 'success' || result.result === 'repeated') {
    answer.setSuccess(success(result, node.faults.hidePositionOfRepetitions));
  } else answer.setError(failure(result, options, node.maxAppendSize));
  call.write(answer);
}

function failure(
  result: Exclude<AppendAnswer, { position: bigint }>,
  options: BatchAppendReq.Options,
  maxAppendSize: number,
): Status {
  switch (result.result) {
    case 'wrong expected version':
      return wrongExpectedVersion(result.current, options);
    case 'access denied':
      return statusOf('Access Denied', 'event_store.client.AccessDenied', new shared.AccessDenied());
    case 'not ready':
      return statusOf('Server Is Not Ready', 'google.protobuf.Empty', new empty.Empty());
    case 'too large': {
      const details = new shared.MaximumAppendSizeExceeded();
      details.setMaxappendsize(maxAppendSize);
      return statusOf('Maximum Append Size Exceeded', 'event_store.client.MaximumAppendSizeExceeded', details);
    }
  }
}

function success(result: Extract<WriteResult, { position: bigint }>, hidePosition: boolean): BatchAppendResp.Success {
  const answer = new streams.BatchAppendResp.Success();
  answer.setCurrentRevision(String(result.lastRevision));
  if (result.result === 'repeated' && hidePosition) answer.setNoPosition(new empty.Empty());
  else {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(result.position.toString());
    position.setPreparePosition(result.position.toString());
    answer.setPosition(position);
  }
  return answer;
}

function wrongExpectedVersion(current: number, options: BatchAppendReq.Options): Status {
  const details = new shared.WrongExpectedVersion();
  if (current === -1) details.setCurrentNoStream(new empty.Empty());
  else details.setCurrentStreamRevision(String(current));
  if (options.hasStreamPosition()) details.setExpectedStreamPosition(options.getStreamPosition());
  else details.setExpectedNoStream(new empty.Empty());
  return statusOf('Wrong expected version', 'event_store.client.WrongExpectedVersion', details);
}

/** What went wrong, in words and as a message that programs read. */
function statusOf(message: string, type: string, details: { serializeBinary(): Uint8Array }): Status {
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), type);
  const status = new rpc.Status();
  status.setMessage(message);
  status.setDetails(packed);
  return status;
}
