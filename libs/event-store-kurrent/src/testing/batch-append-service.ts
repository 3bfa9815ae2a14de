import type { ServerDuplexStream } from '@grpc/grpc-js';
// Comes with the client, whose generated messages are made of it.
import any from 'google-protobuf/google/protobuf/any_pb.js';
import empty from 'google-protobuf/google/protobuf/empty_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import rpc, { type Status } from '@eventstore/db-client/generated/status_pb.js';
import streams, { type BatchAppendReq, type BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import { proposedRecord } from './append-service.js';
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

/**
 * `Streams.BatchAppend`: all appends of a client in one call. Ours does not use it; the client as it is shipped does,
 * and its traps are shown with it.
 */
export function batchAppendService(node: NodeOfCluster) {
  return async (call: BatchCall): Promise<void> => {
    const pending = new Map<string, Pending>();
    call.on('error', () => pending.clear());
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
  const fault = node.faults.takeForAppend();
  if (fault === 'connection lost before commit') return node.cut();
  const stream = nameOf(options.getStreamIdentifier());
  const expected = options.hasStreamPosition()
    ? Number(options.getStreamPosition())
    : options.hasNoStream()
      ? -1
      : 'any';
  const result = node.log.write(stream, expected, events);
  await node.faults.answering;
  if (fault === 'connection lost after commit') return node.cut();
  if (fault === 'never answered') return;
  const answer = new streams.BatchAppendResp();
  const correlation = new shared.UUID();
  correlation.setString(id);
  answer.setCorrelationId(correlation);
  answer.setStreamIdentifier(streamIdentifier(stream));
  if (result.result === 'wrong expected version') answer.setError(wrongExpectedVersion(result.current, options));
  else answer.setSuccess(success(result, node.faults.hidePositionOfRepetitions));
  call.write(answer);
}

function success(result: Exclude<WriteResult, { current: number }>, hidePosition: boolean): BatchAppendResp.Success {
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
  const packed = new any.Any();
  packed.pack(details.serializeBinary(), 'event_store.client.WrongExpectedVersion');
  const status = new rpc.Status();
  status.setMessage('Wrong expected version');
  status.setDetails(packed);
  return status;
}
