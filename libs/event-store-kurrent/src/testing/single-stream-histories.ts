import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { EventRecord, StreamAppend } from '#event-store';
import { aliceStream, appendTo, bobStream } from '#event-store/testing';

/** An event of a stream and place. Two of one variant are the same event; ids are never used at another place. */
function eventAt(stream: string, revision: number, variant: number): EventRecord {
  const hash = createHash('sha256').update(`${stream}@${revision}/${variant}`).digest('hex');
  const id = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `8${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ];
  return { id: id.join('-'), type: 'tried', data: { revision, variant }, metadata: {} };
}

const append: fc.Arbitrary<StreamAppend> = fc
  .record({
    stream: fc.constantFrom(aliceStream, bobStream),
    first: fc.integer({ min: 0, max: 5 }),
    variants: fc.array(fc.constantFrom(0, 0, 0, 1), { minLength: 1, maxLength: 3 }),
  })
  .map(({ stream, first, variants }) =>
    appendTo(
      stream,
      first === 0 ? 'no-stream' : first - 1,
      ...variants.map((variant, index) => eventAt(stream, first + index, variant)),
    ),
  );

/** Appends one after the other, many of which repeat, contradict or continue an earlier one, in whole or in part. */
export const singleStreamHistory = fc.array(append, { maxLength: 25 });
