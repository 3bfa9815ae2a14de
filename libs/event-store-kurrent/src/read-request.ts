import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams, { type ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StreamFilter } from './log-scope.js';

const { Empty, StreamIdentifier } = shared;
const { Options } = streams.ReadReq;

/** Events the server looks at for one page of a filtered read or subscription. */
const searchWindow = 500;
/** Pages after which a subscription is told how far the server has looked, though nothing matched. */
const windowsPerCheckpoint = 4;

/** A place of `$all`, as the server told it. For everything we write, commit and prepare are the same. */
export interface LogPlace {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface StreamPage {
  readonly from: number | 'end';
  readonly count: number;
  readonly backwards: boolean;
}

/** Events of one stream. */
export function streamRequest(stream: string, { from, count, backwards }: StreamPage): ReadReq {
  const place = new Options.StreamOptions();
  const name = new StreamIdentifier();
  name.setStreamName(Buffer.from(stream, 'utf8'));
  place.setStreamIdentifier(name);
  if (from === 'end') place.setEnd(new Empty());
  else place.setRevision(String(from));
  const options = new Options();
  options.setStream(place);
  options.setCount(String(count));
  options.setNoFilter(new Empty());
  return request(options, backwards);
}

/** Events of some streams, from a place on and including what stands there. */
export function logRequest(
  filter: StreamFilter,
  from: LogPlace | 'start' | 'end',
  count: number,
  backwards = false,
): ReadReq {
  const options = new Options();
  options.setAll(allFrom(from));
  options.setCount(String(count));
  options.setFilter(filterOptions(filter));
  return request(options, backwards);
}

/** Events of some streams, those after a place and then live. */
export function subscriptionRequest(filter: StreamFilter, after: LogPlace | 'start'): ReadReq {
  const options = new Options();
  options.setAll(allFrom(after));
  options.setSubscription(new Options.SubscriptionOptions());
  options.setFilter(filterOptions(filter));
  return request(options, false);
}

function request(options: ReadReq.Options, backwards: boolean): ReadReq {
  const ids = new Options.UUIDOption();
  ids.setString(new Empty());
  options.setUuidOption(ids);
  options.setReadDirection(backwards ? 1 : 0);
  const whole = new streams.ReadReq();
  whole.setOptions(options);
  return whole;
}

function allFrom(from: LogPlace | 'start' | 'end'): ReadReq.Options.AllOptions {
  const all = new Options.AllOptions();
  if (from === 'start') all.setStart(new Empty());
  else if (from === 'end') all.setEnd(new Empty());
  else {
    const position = new Options.Position();
    position.setCommitPosition(from.commit.toString());
    position.setPreparePosition(from.prepare.toString());
    all.setPosition(position);
  }
  return all;
}

function filterOptions(names: StreamFilter): ReadReq.Options.FilterOptions {
  const expression = new Options.FilterOptions.Expression();
  if ('prefix' in names) expression.setPrefixList([names.prefix]);
  else expression.setRegex(names.expression);
  const filter = new Options.FilterOptions();
  filter.setStreamIdentifier(expression);
  filter.setMax(searchWindow);
  filter.setCheckpointintervalmultiplier(windowsPerCheckpoint);
  return filter;
}
