import { once } from 'node:events';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import { type NodeOfCluster, mayCall, misdirected } from './node-of-cluster.js';
import { type ReadCall, backwardsOf, filterOf } from './read-call.js';
import { eventMessage, nameOf, streamNotFoundMessage } from './read-messages.js';
import { accessDenied, invalidPosition, notLeader } from './rpc-errors.js';
import type { StoredRecord } from './stored-record.js';
import { serveSubscription } from './subscription-service.js';

/** `Streams.Read`: a stream or `$all`, either way, with or without a filter; or a subscription to `$all`. */
export function readService(node: NodeOfCluster) {
  return async (call: ReadCall): Promise<void> => {
    const leader = misdirected(node, call.metadata);
    const options = call.request.getOptions();
    const fault = node.faults.takeForRead();
    if (fault === 'connection lost') node.cut();
    if (fault === 'connection lost' || fault === 'never answered') return;
    if (fault === 'denied' || !mayCall(node, call.metadata)) call.emit('error', accessDenied());
    else if (leader) call.emit('error', notLeader(leader));
    else if (!options) call.end();
    else if (options.hasSubscription()) await serveSubscription(node, call, options);
    else if (options.hasAll()) await serveLog(node, call, options);
    else await serveStream(node, call, options);
  };
}

async function serveStream({ log }: NodeOfCluster, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const from = options.getStream();
  const name = nameOf(from?.getStreamIdentifier());
  const records = log.stream(name);
  if (!records) {
    call.write(streamNotFoundMessage(name));
    call.end();
    return;
  }
  const backwards = backwardsOf(options);
  const revision = from?.hasRevision() ? Number(from.getRevision()) : from?.hasEnd() ? records.length - 1 : 0;
  const found = backwards ? records.slice(0, revision + 1).reverse() : records.slice(revision);
  await send(call, found.slice(0, Number(options.getCount())));
}

/** Forwards from a place including the event that stands there, backwards from before it. */
async function serveLog({ log }: NodeOfCluster, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const from = options.getAll()?.getPosition();
  const position = from === undefined ? undefined : BigInt(from.getCommitPosition());
  if (position !== undefined && !log.isPlace(position)) {
    call.emit('error', invalidPosition());
    return;
  }
  const all = log.all.filter(filterOf(options));
  const backwards = backwardsOf(options);
  const found = backwards
    ? all.filter((record) => position === undefined || record.position < position).reverse()
    : all.filter((record) => position === undefined || record.position >= position);
  await send(call, found.slice(0, Number(options.getCount())));
}

async function send(call: ReadCall, records: readonly StoredRecord[]): Promise<void> {
  for (const record of records) {
    if (call.cancelled) return;
    if (!call.write(eventMessage(record))) await Promise.race([once(call, 'drain'), once(call, 'cancelled')]);
  }
  call.end();
}
