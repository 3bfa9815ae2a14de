import { describe, expect, it } from '@jest/globals';
import { type AppendResult, type EventStore, EventStoreUnavailable, InMemoryEventStore } from '#event-store';
import { aliceStream, appendTo, idsOf, sampleEvent } from '#event-store/testing';
import { appendUntilKnown, OutcomeUnknownError } from './append-until-known.js';
import { InterceptedStore } from './testing/index.js';

const lost = { outcome: 'unknown', cause: 'connection lost' } as const;

/** A store that answers one send after the other as told, the rest truthfully. */
function answering(store: EventStore, ...answers: readonly (AppendResult | Error)[]): EventStore {
  const left = [...answers];
  return new InterceptedStore(store, async (_call, perform) => {
    const answer = left.shift();
    if (answer instanceof Error) throw answer;
    const result = await perform();
    return answer ?? result;
  });
}

describe('appendUntilKnown', () => {
  const pauses: number[] = [];
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds);
  const event = sampleEvent();
  const append = [appendTo(aliceStream, 'no-stream', event)];

  it('asks again after ever longer pauses until the store answers, and writes once', async () => {
    pauses.length = 0;
    const store = new InMemoryEventStore();
    const result = await appendUntilKnown(answering(store, lost, lost, lost), append, sleep);
    expect(result).toEqual({ outcome: 'appended', position: 1n });
    expect(pauses).toEqual([50, 100, 200]);
    expect(await idsOf(store, aliceStream)).toEqual([event.id]);
  });

  it('hands on a conflict at once', async () => {
    const store = new InMemoryEventStore();
    const late = [appendTo(aliceStream, 3, sampleEvent())];
    expect(await appendUntilKnown(store, late, sleep)).toMatchObject({ outcome: 'conflict', actual: 'no-stream' });
  });

  it('says in the end that it does not know', async () => {
    const silent = answering(new InMemoryEventStore(), ...Array.from({ length: 6 }, () => lost));
    const appending = appendUntilKnown(silent, append, sleep);
    await expect(appending).rejects.toThrow(OutcomeUnknownError);
    await expect(appending).rejects.toMatchObject({ cause: 'connection lost' });
  });

  it('asks a store that says nothing a second time, and not as often as one that answers', async () => {
    let time = 0;
    let sends = 0;
    const silent = new InterceptedStore(new InMemoryEventStore(), async () => {
      sends++;
      time += 10_000;
      return lost;
    });
    await expect(appendUntilKnown(silent, append, sleep, () => time)).rejects.toThrow(OutcomeUnknownError);
    expect(sends).toBe(2);
  });

  it('hands on that the store cannot take writes, where nothing was sent before', async () => {
    const full = answering(new InMemoryEventStore(), new EventStoreUnavailable('disk full'));
    await expect(appendUntilKnown(full, append, sleep)).rejects.toThrow(EventStoreUnavailable);
  });

  it('does not take a store that went away for an answer to what was sent before', async () => {
    const gone = Array.from({ length: 5 }, () => new EventStoreUnavailable('gone'));
    const appending = appendUntilKnown(answering(new InMemoryEventStore(), lost, ...gone), append, sleep);
    await expect(appending).rejects.toThrow(OutcomeUnknownError);
  });

  it('lets a bug of the writer through', async () => {
    const broken = answering(new InMemoryEventStore(), lost, new RangeError('twice'));
    await expect(appendUntilKnown(broken, append, sleep)).rejects.toThrow(RangeError);
  });
});
