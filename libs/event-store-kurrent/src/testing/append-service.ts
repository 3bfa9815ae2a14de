import type { ServerReadableStream, sendUnaryData } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, {
  type AppendReq,
  type AppendResp,
  type BatchAppendReq,
} from '@eventstore/db-client/generated/streams_pb.js';
import { type AppendAnswer, acceptAppend } from './accept-append.js';
import type { Expectation } from './commit-check.js';
import type { WriteResult } from './loopback-log.js';
import { type NodeOfCluster, misdirected } from './node-of-cluster.js';
import { nameOf } from './read-messages.js';
import { accessDenied, invalidRequest, maximumAppendSizeExceeded, notLeader, serverNotReady } from './rpc-errors.js';
import type { ProposedRecord } from './stored-record.js';

type AppendCall = ServerReadableStream<AppendReq, AppendResp>;

/** `Streams.Append`: one append a call. Calls are worked on side by side, so every other one takes a turn longer. */
export function appendService(node: NodeOfCluster) {
  let calls = 0;
  return async (call: AppendCall, answer: sendUnaryData<AppendResp>): Promise<void> => {
    const slow = calls++ % 2 === 0;
    const [header, ...proposals] = await messagesOf(call);
    if (!header) return answer(invalidRequest());
    if (slow) await new Promise(setImmediate);
    const leader = misdirected(node, call.metadata);
    if (leader) return answer(notLeader(leader));
    const stream = nameOf(header.getOptions()?.getStreamIdentifier());
    const events = proposals.map((proposal) => proposedRecord(proposal.getProposedMessage()));
    const result = await acceptAppend(node, call.metadata, { stream, expected: expectation(header), events });
    if (result) respond(node, header, result, answer);
  };
}

function respond(
  { maxAppendSize, faults }: NodeOfCluster,
  header: AppendReq,
  result: AppendAnswer,
  answer: sendUnaryData<AppendResp>,
): void {
  switch (result.result) {
    case 'access denied':
      return answer(accessDenied());
    case 'not ready':
      return answer(serverNotReady());
    case 'too large':
      return answer(maximumAppendSizeExceeded(maxAppendSize));
    default:
      return answer(null, response(result, header, faults.hidePositionOfRepetitions));
  }
}

async function messagesOf(call: AsyncIterable<AppendReq>): Promise<AppendReq[]> {
  const messages: AppendReq[] = [];
  for await (const message of call) messages.push(message);
  return messages;
}

export function proposedRecord(
  message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage | undefined,
): ProposedRecord {
  const described = message?.getMetadataMap();
  return {
    id: message?.getId()?.getString() ?? '',
    type: described?.get('type') ?? '',
    contentType: described?.get('content-type') ?? '',
    data: message?.getData_asU8() ?? new Uint8Array(),
    metadata: message?.getCustomMetadata_asU8() ?? new Uint8Array(),
  };
}

function expectation(header: AppendReq): Expectation {
  const options = header.getOptions();
  if (options?.hasRevision()) return Number(options.getRevision());
  if (options?.hasNoStream()) return -1;
  return options?.hasStreamExists() ? 'stream exists' : 'any';
}

function response(result: WriteResult, header: AppendReq, hidePosition: boolean): AppendResp {
  const answer = new streams.AppendResp();
  if (result.result === 'wrong expected version') answer.setWrongExpectedVersion(wrong(result.current, header));
  else {
    const success = new streams.AppendResp.Success();
    success.setCurrentRevision(String(result.lastRevision));
    if (result.result === 'repeated' && hidePosition) success.setNoPosition(new shared.Empty());
    else {
      const position = new streams.AppendResp.Position();
      position.setCommitPosition(result.position.toString());
      position.setPreparePosition(result.position.toString());
      success.setPosition(position);
    }
    answer.setSuccess(success);
  }
  return answer;
}

function wrong(current: number, header: AppendReq): AppendResp.WrongExpectedVersion {
  const wrongVersion = new streams.AppendResp.WrongExpectedVersion();
  if (current === -1) wrongVersion.setCurrentNoStream(new shared.Empty());
  else wrongVersion.setCurrentRevision(String(current));
  const options = header.getOptions();
  if (options?.hasRevision()) wrongVersion.setExpectedRevision(options.getRevision());
  else if (options?.hasNoStream()) wrongVersion.setExpectedNoStream(new shared.Empty());
  else if (options?.hasStreamExists()) wrongVersion.setExpectedStreamExists(new shared.Empty());
  else wrongVersion.setExpectedAny(new shared.Empty());
  return wrongVersion;
}
