import { describe, expect, it } from '@jest/globals';
import { beforeFirstPosition } from '../../stream-name.js';
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

export function atomicAppendContract(context: ContractContext): void {
  describe('all or nothing', () => {
    it('writes none of several events where the expectation fails', async () => {
      const before = await givenStream(context.store, aliceStream, 1);
      const result = await context.store.append([appendTo(aliceStream, 4, ...sampleEvents(3))]);
      expect(result.outcome).toBe('conflict');
      expect(await allIds(context.store)).toEqual(before.map((event) => event.id));
    });

    if (context.capabilities.atomicAcrossStreams) acrossStreams(context);
    else oneStreamAtATime(context);
  });
}

function acrossStreams(context: ContractContext): void {
  it('writes to several streams in the order given', async () => {
    const [claimed, provisioned, renamed] = sampleEvents(3) as [never, never, never];
    await given(
      context.store,
      appendTo(claimStream, 'no-stream', claimed),
      appendTo(aliceStream, 'no-stream', provisioned, renamed),
    );
    const recorded = await context.store.readAll(beforeFirstPosition, 10);
    expect(recorded.map(({ stream, revision }) => [stream, revision])).toEqual([
      [claimStream, 0],
      [aliceStream, 0],
      [aliceStream, 1],
    ]);
  });

  it('writes to no stream where one of the expectations fails', async () => {
    const before = await givenStream(context.store, bobStream, 2);
    const result = await context.store.append([
      appendTo(aliceStream, 'no-stream', ...sampleEvents(2)),
      appendTo(bobStream, 0, sampleEvent()),
      appendTo(claimStream, 'no-stream', sampleEvent()),
    ]);
    expect(result).toEqual({ outcome: 'conflict', stream: bobStream, expected: 0, actual: 1 });
    expect(await allIds(context.store)).toEqual(before.map((event) => event.id));
  });

  it('writes nothing where a stream that is only checked has moved on', async () => {
    const before = await givenStream(context.store, bobStream, 2);
    const result = await context.store.append([
      appendTo(aliceStream, 'no-stream', sampleEvent()),
      appendTo(bobStream, 0),
    ]);
    expect(result).toEqual({ outcome: 'conflict', stream: bobStream, expected: 0, actual: 1 });
    expect(await allIds(context.store)).toEqual(before.map((event) => event.id));
  });

  it('leaves a stream that is only checked as it was', async () => {
    await givenStream(context.store, bobStream, 2);
    const position = await given(
      context.store,
      appendTo(aliceStream, 'no-stream', sampleEvent()),
      appendTo(bobStream, 1),
    );
    expect(await context.store.readStream(bobStream)).toHaveLength(2);
    expect(await context.store.head()).toBe(position);
  });

  it('lets only one of two appends win that each check what the other writes', async () => {
    const results = await Promise.all([
      context.store.append([appendTo(aliceStream, 'no-stream', sampleEvent()), appendTo(bobStream, 'no-stream')]),
      context.store.append([appendTo(bobStream, 'no-stream', sampleEvent()), appendTo(aliceStream, 'no-stream')]),
    ]);
    expect(results.map((result) => result.outcome).sort()).toEqual(['appended', 'conflict']);
    expect(await allIds(context.store)).toHaveLength(1);
  });

  it('throws a RangeError where a stream is named twice', async () => {
    const twice = [appendTo(aliceStream, 'no-stream', sampleEvent()), appendTo(aliceStream, 0, sampleEvent())];
    await expect(async () => context.store.append(twice)).rejects.toThrow(RangeError);
    expect(await allIds(context.store)).toEqual([]);
  });
}

function oneStreamAtATime(context: ContractContext): void {
  it.each([
    { what: 'writing to', second: appendTo(bobStream, 'no-stream', sampleEvent()) },
    { what: 'checking', second: appendTo(bobStream, 'no-stream') },
  ])('throws a RangeError for $what a second stream, and writes nothing', async ({ second }) => {
    const appends = [appendTo(aliceStream, 'no-stream', sampleEvent()), second];
    await expect(async () => context.store.append(appends)).rejects.toThrow(RangeError);
    expect(await allIds(context.store)).toEqual([]);
  });
}
