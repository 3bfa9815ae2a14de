import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredRecord } from './stored-record.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** As the client sends them: prefixes of stream names. A filter of another kind lets nothing through. */
export function filterOf(options: ReadReq.Options): (record: StoredRecord) => boolean {
  if (options.hasNoFilter()) return () => true;
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [];
  return ({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix));
}

export function backwardsOf(options: ReadReq.Options): boolean {
  return Number(options.getReadDirection()) === 1;
}
