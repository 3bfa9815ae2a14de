import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '#kernel';
import { eventCodec } from '#event-catalog';
import { InMemoryEventStore } from '#event-store';
import { InMemoryPublisher } from '../testing/in-memory-publisher.js';
import { interceptedPort } from '../testing/intercepted-port.js';
import { TemporaryLedger } from '../testing/temporary-ledger.js';
import { EventRelay } from './event-relay.js';

describe('a relay that looks every now and then for what operators ask', () => {
  let ledger: TemporaryLedger;
  let publisher: InMemoryPublisher;

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask', 'performance'] });
    ledger = new TemporaryLedger();
    publisher = new InMemoryPublisher();
  });
  afterEach(async () => {
    jest.useRealTimers();
    await ledger.remove();
  });

  function relayOf(onLook: () => Promise<void>, on: 'parkedKeys' | 'open'): EventRelay {
    const hook = async (_: string, perform: () => Promise<unknown>) => {
      const result = await perform();
      await onLook();
      return result;
    };
    return new EventRelay({
      log: new InMemoryEventStore({ atomicAcrossStreams: true }),
      readEvent: eventCodec.decode.bind(eventCodec),
      ledger: on === 'parkedKeys' ? interceptedPort(ledger.open(), hook, [on]) : ledger.open(),
      publisher: on === 'open' ? interceptedPort(publisher, hook, [on]) : publisher,
      clock: systemClock,
    });
  }

  it('does not look again before it has been answered, so that no looks pile up before what is to be published', async () => {
    let looks = -1;
    const answered = Promise.withResolvers<void>();
    const relay = relayOf(async () => {
      if (++looks > 0) await answered.promise;
    }, 'parkedKeys');
    const { epoch, checkpoint } = await relay.acquire();
    jest.advanceTimersByTime(60_000);
    while (looks === 0) await new Promise(setImmediate);
    answered.resolve();
    await relay.apply([], { epoch, from: checkpoint, to: checkpoint });
    expect(looks).toBe(1);
    jest.advanceTimersByTime(2_000);
    while (looks === 1) await new Promise(setImmediate);
    await relay.close();
  });

  it('does not begin to where it was closed while it was taken over', async () => {
    const reached = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const relay = relayOf(() => {
      reached.resolve();
      return opened.promise;
    }, 'open');
    const acquiring = relay.acquire();
    await reached.promise;
    await relay.close();
    opened.resolve();
    await expect(acquiring).rejects.toThrow('The relay has ended');
    expect(jest.getTimerCount()).toBe(0);
  });
});
