import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../event-store.js';
import { type Position, beforeFirstPosition } from '../../stream-name.js';
import { aliceStream, appendTo, bobStream, claimStream, given, sampleEvents } from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

const passingBy = ['scim.name-'];
const isPassedBy = ({ stream }: RecordedEvent) => stream.startsWith('scim.name-');

export function passingByContract(context: ContractContext): void {
  describe('subscribing to the log but for streams that the reader passes by', () => {
    it.each([1, 3, 64])('yields all others, and how far the log goes, in batches of %i', async (batchSize) => {
      const head = await writeInTurns(6);
      const expected = await readOthers();
      expect(expected).toHaveLength(12);
      const taken = await takeUpTo(head, beforeFirstPosition, batchSize);
      expect(taken.filter((event) => !isPassedBy(event))).toEqual(expected);
      expect(taken.at(-1)?.position).toBe(head);
    });

    it('does so from any position', async () => {
      const head = await writeInTurns(3);
      for (const { position } of (await context.store.readAll(beforeFirstPosition, 100)).slice(0, -1)) {
        const taken = (await takeUpTo(head, position)).filter((event) => !isPassedBy(event));
        expect(taken).toEqual((await readOthers()).filter((event) => event.position > position));
      }
    });

    it('tells how far the log goes where there is nothing else', async () => {
      const head = await given(context.store, appendTo(claimStream, 'no-stream', ...sampleEvents(40)));
      expect((await takeUpTo(head, beforeFirstPosition, 7)).at(-1)?.position).toBe(head);
    });

    it('hears of what is appended after that, also where it is passed by', async () => {
      const head = await writeInTurns(2);
      const heard: Position[] = [];
      const taken = await takeUntil(beforeFirstPosition, 64, async ({ position }) => {
        if (position < head || heard.includes(position)) return false;
        heard.push(position);
        if (heard.length === 3) return true;
        await given(context.store, appendTo(claimStream, heard.length, ...sampleEvents(1)));
        return false;
      });
      expect(heard).toHaveLength(3);
      expect(taken.slice(-2).every(isPassedBy)).toBe(true);
    });
  });

  /** Some events of others, then one that is passed by, and so on; the last is one that is passed by. */
  async function writeInTurns(turns: number): Promise<Position> {
    let head = beforeFirstPosition;
    for (let turn = 0; turn < turns; turn++) {
      const expected = turn === 0 ? 'no-stream' : turn - 1;
      for (const stream of [aliceStream, bobStream, claimStream]) {
        head = await given(context.store, appendTo(stream, expected, ...sampleEvents(1)));
      }
    }
    return head;
  }

  async function readOthers(): Promise<readonly RecordedEvent[]> {
    return (await context.store.readAll(beforeFirstPosition, 100)).filter((event) => !isPassedBy(event));
  }

  function takeUpTo(head: Position, after: Position, batchSize = 64): Promise<readonly RecordedEvent[]> {
    return takeUntil(after, batchSize, async ({ position }) => position >= head);
  }

  /** @param isEnough looks at the last event of each batch. */
  async function takeUntil(
    after: Position,
    batchSize: number,
    isEnough: (last: RecordedEvent) => Promise<boolean>,
  ): Promise<readonly RecordedEvent[]> {
    const abort = new AbortController();
    const taken: RecordedEvent[] = [];
    for await (const batch of context.store.subscribeAll(after, { signal: abort.signal, batchSize, passingBy })) {
      taken.push(...batch);
      if (await isEnough(batch.at(-1) as RecordedEvent)) abort.abort();
    }
    return taken;
  }
}
