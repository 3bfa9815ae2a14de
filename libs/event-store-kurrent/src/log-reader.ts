import { UnavailableError, convertToCommandError } from '@eventstore/db-client';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  EventStoreUnavailable,
  type Position,
  type RecordedEvent,
  type StreamName,
  type StreamRange,
  beforeFirstPosition,
} from '#event-store';
import type { LogClient } from './log-client.js';
import type { LogScope, StreamFilter } from './log-scope.js';
import { LoggedEvent } from './logged-event.js';
import { type LogPlace, logRequest, streamRequest } from './read-request.js';

/** Events of one call, so that a long stream is read within the deadline of each. */
const pageSize = 2_000;

/** Reads pages of the log from the leader, which has whatever was answered as appended. */
export class LogReader {
  readonly #client: LogClient;
  readonly #scope: LogScope;

  constructor(client: LogClient, scope: LogScope) {
    this.#client = client;
    this.#scope = scope;
  }

  /** @throws EventStoreUnavailable, as does every read */
  async readStream(stream: StreamName, range: StreamRange): Promise<readonly RecordedEvent[]> {
    const name = this.#scope.nameOnServer(stream);
    const { limit, backwards } = range;
    const events: RecordedEvent[] = [];
    let from: number | 'end' = backwards ? 'end' : range.from;
    while (events.length < limit) {
      const count = Math.min(limit - events.length, pageSize);
      const page: readonly RecordedEvent[] = await this.read(streamRequest(name, { from, count, backwards }));
      events.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < count || (backwards && last.revision === 0)) break;
      from = last.revision + (backwards ? -1 : 1);
    }
    return events;
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    let last = after;
    while (events.length < limit) {
      const count = Math.min(limit - events.length, pageSize);
      // A read begins with what stands at its place, which we have had.
      const request = logRequest(this.#scope.whole, placeOf(last), last === beforeFirstPosition ? count : count + 1);
      const page = (await this.read(request)).filter((event) => event.position > last).slice(0, count);
      events.push(...page);
      if (page.length < count) break;
      last = page.at(-1)?.position ?? last;
    }
    return events;
  }

  /** Position of the last event of these streams. */
  async head(streams: StreamFilter = this.#scope.whole): Promise<Position> {
    const [last] = await this.read(logRequest(streams, 'end', 1, true));
    return last?.position ?? beforeFirstPosition;
  }

  async read(request: ReadReq): Promise<readonly RecordedEvent[]> {
    try {
      return await this.#readAgainIfLost(request);
    } catch (cause) {
      throw cause instanceof EventStoreUnavailable ? cause : unreadable(cause);
    }
  }

  /** A restarted server, or a connection that was cut, is noticed by the call that comes next, which is then made again. */
  async #readAgainIfLost(request: ReadReq): Promise<readonly RecordedEvent[]> {
    try {
      return await this.#client.followingLeader(() => this.#readOnce(request));
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      await this.#client.reconnected();
      return this.#client.followingLeader(() => this.#readOnce(request));
    }
  }

  /** A stream that does not exist is one without events. */
  async #readOnce(request: ReadReq): Promise<readonly RecordedEvent[]> {
    const answers = (await this.#client.read(request)) as AsyncIterable<ReadResp>;
    const events: RecordedEvent[] = [];
    for await (const answer of answers) {
      const recorded = answer.getEvent()?.getEvent();
      if (recorded) events.push(new LoggedEvent(recorded, this.#scope));
    }
    return events;
  }
}

/** Positions that readers have are commit positions of events of ours, whose prepare positions are the same. */
export function placeOf(position: Position): LogPlace | 'start' {
  return position === beforeFirstPosition ? 'start' : { commit: position, prepare: position };
}

export function unreadable(cause: unknown): EventStoreUnavailable {
  const error = cause instanceof Error ? convertToCommandError(cause) : cause;
  const message = error instanceof Error ? error.message : String(error);
  return new EventStoreUnavailable(`The event log cannot be read (${message})`, { cause: error });
}
