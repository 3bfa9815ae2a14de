import { describe, expect, it } from '@jest/globals';
import {
  aliceStream,
  allIds,
  appendTo,
  bobStream,
  claimStream,
  given,
  givenStream,
  sampleEvent,
  sampleEvents,
} from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

export function repeatedAppendContract(context: ContractContext): void {
  describe('appending the same event ids again', () => {
    it.each([
      { expected: 'no-stream', length: 0 },
      { expected: 1, length: 2 },
    ] as const)('at $expected is appended again with the same position, and writes nothing', async (example) => {
      await givenStream(context.store, aliceStream, example.length);
      const append = appendTo(aliceStream, example.expected, ...sampleEvents(2));
      const position = await given(context.store, append);
      const before = await allIds(context.store);
      expect(await context.store.append([append])).toEqual({ outcome: 'appended', position });
      expect(await allIds(context.store)).toEqual(before);
    });

    it('keeps its position where the stream has moved on since', async () => {
      const append = appendTo(aliceStream, 'no-stream', ...sampleEvents(2));
      const position = await given(context.store, append);
      await given(context.store, appendTo(aliceStream, 1, sampleEvent()));
      expect(await context.store.append([append])).toEqual({ outcome: 'appended', position });
      expect(await context.store.readStream(aliceStream)).toHaveLength(3);
    });

    it('is recognised after the store was opened again', async () => {
      const append = appendTo(aliceStream, 'no-stream', ...sampleEvents(2));
      const position = await given(context.store, append);
      await context.reopen();
      expect(await context.store.append([append])).toEqual({ outcome: 'appended', position });
      expect(await context.store.readStream(aliceStream)).toHaveLength(2);
    });

    it('while the first append is still under way writes once', async () => {
      const append = appendTo(aliceStream, 'no-stream', sampleEvent());
      const results = await Promise.all(Array.from({ length: 5 }, () => context.store.append([append])));
      const position = await context.store.head();
      expect(results).toEqual(Array.from({ length: 5 }, () => ({ outcome: 'appended', position })));
      expect(await allIds(context.store)).toHaveLength(1);
    });

    it('is a conflict where only the first of them are the same', async () => {
      const [first, second, other] = sampleEvents(3) as [never, never, never];
      await given(context.store, appendTo(aliceStream, 'no-stream', first, second));
      expect(await context.store.append([appendTo(aliceStream, 'no-stream', first, other)])).toEqual({
        outcome: 'conflict',
        stream: aliceStream,
        expected: 'no-stream',
        actual: 1,
      });
    });

    it('is a conflict where the stream ends before the last of them', async () => {
      const [first, second] = sampleEvents(2) as [never, never];
      await given(context.store, appendTo(aliceStream, 'no-stream', first));
      const result = await context.store.append([appendTo(aliceStream, 'no-stream', first, second)]);
      expect(result).toMatchObject({ outcome: 'conflict', actual: 0 });
      expect(await context.store.readStream(aliceStream)).toHaveLength(1);
    });

    if (context.capabilities.atomicAcrossStreams) acrossStreams(context);
  });
}

function acrossStreams(context: ContractContext): void {
  it('to several streams is appended again, also after each of them has moved on', async () => {
    const appends = [
      appendTo(claimStream, 'no-stream', sampleEvent()),
      appendTo(aliceStream, 'no-stream', ...sampleEvents(2)),
    ];
    const position = await given(context.store, ...appends);
    await given(context.store, appendTo(claimStream, 0, sampleEvent()));
    await given(context.store, appendTo(aliceStream, 1, sampleEvent()));
    const before = await allIds(context.store);
    await context.reopen();
    expect(await context.store.append(appends)).toEqual({ outcome: 'appended', position });
    expect(await allIds(context.store)).toEqual(before);
  });

  it('is appended again where a stream that was only checked has moved on', async () => {
    const appends = [appendTo(bobStream, 'no-stream'), appendTo(aliceStream, 'no-stream', sampleEvent())];
    const position = await given(context.store, ...appends);
    await givenStream(context.store, bobStream, 1);
    expect(await context.store.append(appends)).toEqual({ outcome: 'appended', position });
    expect(await allIds(context.store)).toHaveLength(2);
  });

  it('is a conflict where they are joined by events for another stream', async () => {
    const append = appendTo(aliceStream, 'no-stream', sampleEvent());
    await given(context.store, append);
    expect(await context.store.append([append, appendTo(bobStream, 'no-stream', sampleEvent())])).toMatchObject({
      outcome: 'conflict',
      stream: aliceStream,
      actual: 0,
    });
    expect(await context.store.readStream(bobStream)).toEqual([]);
  });
}
