import {
  type AppendResult,
  type EventStore,
  EventStoreUnavailable,
  type Position,
  type ReadStreamOptions,
  type RecordedEvent,
  type StreamAppend,
  type StreamName,
  type SubscribeOptions,
  assertCount,
  assertWellFormed,
  streamRange,
} from '#event-store';
import { connectionSettings, leaderSettings } from './connection-settings.js';
import { LogAppender } from './log-appender.js';
import { LogClient } from './log-client.js';
import { identityOfLog } from './log-identity.js';
import { LogReader } from './log-reader.js';
import { LogScope } from './log-scope.js';
import { logSubscription, type SubscribedLog } from './log-subscription.js';

export interface KurrentEventStoreOptions {
  /** `esdb://...`; docs/eventstoredb.md says what may be in it. */
  readonly connectionString: string;
  /** Keeps the logs of several installations on one server apart: `a-z0-9`. */
  readonly namespace?: string;
}

/** What a store was opened with. */
interface OpenLog extends SubscribedLog {
  readonly leader: LogClient;
  readonly identity: string;
}

/**
 * The log on EventStoreDB or KurrentDB. Any number of processes may write it.
 *
 * Positions are commit positions of `$all`: they are not contiguous, and only those the log has given out may be read
 * from. Appends and reads go to the leader, so that what was appended is readable when the append resolves.
 */
export class KurrentEventStore implements EventStore {
  readonly capabilities = { atomicAcrossStreams: false, uniqueEventIds: false };
  readonly #log: OpenLog;
  readonly #appender: LogAppender;
  readonly #closed = new AbortController();

  private constructor(log: OpenLog) {
    this.#log = log;
    this.#appender = new LogAppender(log.leader, log.reader, log.scope);
  }

  /**
   * Connects, and records the identity of a log that has none yet.
   *
   * @throws ConnectionStringRefused
   * @throws EventStoreUnavailable
   */
  static async open({ connectionString, namespace }: KurrentEventStoreOptions): Promise<KurrentEventStore> {
    const settings = connectionSettings(connectionString);
    const scope = new LogScope(namespace);
    const atLeader = leaderSettings(settings);
    const leader = new LogClient(atLeader);
    const reader = new LogReader(leader, scope);
    try {
      const identity = await identityOfLog(leader, reader, scope);
      const preferred = atLeader === settings ? leader : new LogClient(settings);
      return new KurrentEventStore({ leader, preferred, reader, scope, identity });
    } catch (error) {
      await leader.close();
      throw error;
    }
  }

  /** Given at random when the log was made; copies of a log have the same. What is derived from a log keeps it. */
  get identity(): string {
    return this.#log.identity;
  }

  async append(appends: readonly StreamAppend[]): Promise<AppendResult> {
    this.#assertOpen();
    assertWellFormed(appends, this.capabilities.atomicAcrossStreams);
    const [append] = appends;
    if (append === undefined) return { outcome: 'appended', position: await this.#log.reader.head() };
    return append.events.length === 0 ? this.#check(append) : this.#appender.append(append);
  }

  async readStream(stream: StreamName, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    return this.#log.reader.readStream(stream, streamRange(options));
  }

  async readAll(after: Position, limit: number): Promise<readonly RecordedEvent[]> {
    this.#assertOpen();
    assertCount(limit, 'limit');
    return this.#log.reader.readAll(after, limit);
  }

  subscribeAll(after: Position, options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]> {
    return logSubscription(this.#log, after, options, this.#closed.signal);
  }

  async head(): Promise<Position> {
    this.#assertOpen();
    return this.#log.reader.head();
  }

  /** Waits for the answers to the appends that were handed over before, then ends the connections. */
  async close(): Promise<void> {
    if (this.#closed.signal.aborted) return;
    this.#closed.abort();
    await this.#appender.settled();
    await Promise.all([...new Set([this.#log.leader, this.#log.preferred])].map((client) => client.close()));
  }

  /** Not an append without events: the server would write a record for it. */
  async #check({ stream, expected }: StreamAppend): Promise<AppendResult> {
    const [last] = await this.readStream(stream, { direction: 'backwards', limit: 1 });
    const actual = last?.revision ?? 'no-stream';
    if (actual !== expected) return { outcome: 'conflict', stream, expected, actual };
    return { outcome: 'appended', position: await this.#log.reader.head() };
  }

  #assertOpen(): void {
    if (this.#closed.signal.aborted) throw new EventStoreUnavailable('The event store is closed');
  }
}
