import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredRecord } from './stored-record.js';

export type ReadCall = ServerWritableStream<ReadReq, ReadResp>;

/** By stream name or event type, as prefixes or as an expression. */
export function filterOf(options: ReadReq.Options): (record: StoredRecord) => boolean {
  const filter = options.getFilter();
  const byStream = filter?.getStreamIdentifier();
  const matched = byStream ?? filter?.getEventType();
  if (!matched) return () => true;
  const expression = matched.getRegex() === '' ? undefined : new RegExp(matched.getRegex());
  const prefixes = matched.getPrefixList();
  return ({ stream, type }) => {
    const name = byStream ? stream : type;
    return expression ? expression.test(name) : prefixes.some((prefix) => name.startsWith(prefix));
  };
}

export function backwardsOf(options: ReadReq.Options): boolean {
  return Number(options.getReadDirection()) === 1;
}
