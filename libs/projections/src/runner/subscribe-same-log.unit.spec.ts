import { describe, expect, it } from '@jest/globals';
import {
  beforeFirstPosition,
  type EventStore,
  EventStoreUnavailable,
  InMemoryEventStore,
  type Position,
  type RecordedEvent,
  type SubscribeOptions,
} from '#event-store';
import { RestorableLog } from '../testing/restorable-log.js';
import { appendSamples } from '../testing/sample-events.js';
import type { BuiltUpTo } from '../source-log.js';
import { LogParted, subscribeSameLog } from './subscribe-same-log.js';

const fromTheBeginning: BuiltUpTo = { checkpoint: beforeFirstPosition };

/** A reader that takes one batch at a time. */
class Reader {
  readonly #stop = new AbortController();
  readonly #batches: AsyncGenerator<readonly RecordedEvent[], void>;

  constructor(log: RestorableLog, built = fromTheBeginning, options: Partial<SubscribeOptions> = {}) {
    this.#batches = subscribeSameLog(log, built, { signal: this.#stop.signal, ...options });
  }

  /** Their ids; undefined where the subscription has ended. */
  async take(): Promise<readonly string[] | undefined> {
    const { value } = await this.#batches.next();
    return value?.map(({ id }) => id);
  }

  async leave(): Promise<void> {
    this.#stop.abort();
    await this.#batches.return();
  }
}

async function logOf(count: number, prefix = 'event'): Promise<InMemoryEventStore> {
  const log = new InMemoryEventStore();
  await appendSamples(log, 1, count, prefix);
  return log;
}

describe('a subscription to a log that may be restored meanwhile', () => {
  it('goes on where it was lost and the log is the same', async () => {
    const log = new RestorableLog(await logOf(3));
    const reader = new Reader(log);
    expect(await reader.take()).toEqual(['event-1', 'event-2', 'event-3']);
    const next = reader.take();
    log.restore(log.current);
    await appendSamples(log.current, 4, 1);
    expect(await next).toEqual(['event-4']);
    await reader.leave();
  });

  it('ends where the log is one without the last event, though it brings nothing', async () => {
    const log = new RestorableLog(await logOf(3));
    const reader = new Reader(log);
    await reader.take();
    const next = reader.take();
    log.restore(await logOf(2));
    await expect(next).rejects.toThrow(
      new LogParted('The log is not the one it was: it is at position 3, beyond the end of the log at 2'),
    );
  });

  it('hands over nothing of a log that has grown past the place with other events', async () => {
    const log = new RestorableLog(await logOf(3));
    const reader = new Reader(log);
    await reader.take();
    const next = reader.take();
    log.restore(await logOf(5, 'other'));
    await expect(next).rejects.toThrow(/event event-3 of scim.name-acme.key, which the log does not have/);
  });

  it('ends where the log refuses to be read from a place that it does not have', async () => {
    const log = new RestorableLog(await logOf(3));
    const reader = new Reader(log);
    await reader.take();
    const next = reader.take();
    const refusing = await logOf(5, 'other');
    refusing.subscribeAll = () => {
      throw new EventStoreUnavailable('3 is no place of the log');
    };
    log.restore(refusing);
    await expect(next).rejects.toBeInstanceOf(LogParted);
  });

  it('fails as the log does where that refuses and is the same', async () => {
    const log = new RestorableLog(await logOf(3));
    const refused = new EventStoreUnavailable('no subscriptions at present');
    log.current.subscribeAll = () => {
      throw refused;
    };
    await expect(new Reader(log).take()).rejects.toBe(refused);
  });

  it('asks nothing of a log that refuses once nobody listens any more', async () => {
    const [stop, refused] = [new AbortController(), new EventStoreUnavailable('closed')];
    const closed = {
      subscribeAll: () => {
        stop.abort();
        throw refused;
      },
      head: () => new Promise<never>(() => undefined),
      readStream: () => new Promise<never>(() => undefined),
    };
    const batches = subscribeSameLog(closed, fromTheBeginning, { signal: stop.signal });
    await expect(batches.next()).rejects.toBe(refused);
  });

  it('begins only where the log has the event that it goes on from', async () => {
    const log = new RestorableLog(await logOf(5));
    const [, , third] = await log.current.readAll(beforeFirstPosition, 3);
    const reader = new Reader(log, { checkpoint: 3n as Position, last: third });
    expect(await reader.take()).toEqual(['event-4', 'event-5']);
    await reader.leave();
    const late = new Reader(new RestorableLog(await logOf(5, 'other')), { checkpoint: 3n as Position, last: third });
    await expect(late.take()).rejects.toBeInstanceOf(LogParted);
  });

  it('fails as the log does where that cannot be asked', async () => {
    const log = new RestorableLog(await logOf(3));
    const away = new EventStoreUnavailable('away');
    const asked: Pick<EventStore, 'head'> = { head: () => Promise.reject(away) };
    await expect(new Reader(Object.assign(log, asked)).take()).rejects.toBe(away);
  });

  it('ends without an error where it is left while the log is asked', async () => {
    const log = new RestorableLog(await logOf(3));
    const [stop, asked, answer] = [
      new AbortController(),
      Promise.withResolvers<void>(),
      new Promise<Position>(() => undefined),
    ];
    const head = () => {
      asked.resolve();
      return answer;
    };
    const reader = new Reader(Object.assign(log, { head }), fromTheBeginning, { signal: stop.signal });
    const next = reader.take();
    await asked.promise;
    stop.abort();
    expect(await next).toBeUndefined();
  });
});
