import { describe, expect, it } from '@jest/globals';
import { EventIdTaken } from '../../append-rules.js';
import { aliceStream, allIds, appendTo, bobStream, given, sampleEvent } from '../sample-events.js';
import type { ContractContext } from './contract-context.js';

export function eventIdContract(context: ContractContext): void {
  describe('an event id', () => {
    it('that is used twice in one append is refused, and nothing is written', async () => {
      const event = sampleEvent();
      const twice = appendTo(aliceStream, 'no-stream', event, sampleEvent(), event);
      await expect(context.store.append([twice])).rejects.toThrow(EventIdTaken);
      expect(await allIds(context.store)).toEqual([]);
    });

    if (context.capabilities.uniqueEventIds) refusedElsewhere(context);
    else writtenElsewhere(context);
  });
}

const elsewhere = [
  { where: 'of an earlier event of the stream', append: appendTo(aliceStream, 1) },
  { where: 'of an event of another stream', append: appendTo(bobStream, 'no-stream') },
] as const;

function refusedElsewhere(context: ContractContext): void {
  it.each(elsewhere)('$where is refused, and nothing is written', async ({ append }) => {
    const event = sampleEvent();
    await given(context.store, appendTo(aliceStream, 'no-stream', event, sampleEvent()));
    await expect(context.store.append([{ ...append, events: [sampleEvent(), event] }])).rejects.toThrow(EventIdTaken);
    expect(await allIds(context.store)).toHaveLength(2);
  });
}

/** Not what one would wish for, but what a writer on such a store has to know. */
function writtenElsewhere(context: ContractContext): void {
  it.each(elsewhere)('$where is written once more', async ({ append }) => {
    const event = sampleEvent();
    await given(context.store, appendTo(aliceStream, 'no-stream', event, sampleEvent()));
    await given(context.store, { ...append, events: [sampleEvent(), event] });
    expect((await allIds(context.store)).filter((id) => id === event.id)).toHaveLength(2);
  });
}
