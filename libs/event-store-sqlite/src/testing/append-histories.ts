import fc from 'fast-check';
import type { EventRecord, ExpectedRevision, StreamAppend, StreamName } from '#event-store';

const streams = ['a', 'b', 'c'].map((name) => name as StreamName);

/** Few streams and revisions, and ids that follow from them: conflicts, repetitions and ids used twice are frequent. */
const append = fc
  .record({
    stream: fc.constantFrom(...streams),
    expected: fc.constantFrom<'no-stream' | number>('no-stream', 0, 1, 2, 3),
    length: fc.integer({ min: 0, max: 3 }),
    idsOfStream: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constantFrom(...streams)),
  })
  .map(({ stream, expected, length, idsOfStream = stream }): StreamAppend => {
    const events = Array.from({ length }, (_, index) => event(`${idsOfStream}-${expected}-${index}`));
    return { stream, expected: expected as ExpectedRevision, events };
  });

function event(id: string): EventRecord {
  return { id, type: 'user.changed', data: { id }, metadata: {} };
}

const appendToStreams: fc.Arbitrary<readonly StreamAppend[]> = fc.uniqueArray(append, {
  selector: ({ stream }) => stream,
  maxLength: 3,
});

/** Turns of the event loop, each with the appends that are handed over in it. */
export const historyOfAppends = fc.array(fc.array(appendToStreams, { maxLength: 6 }), { maxLength: 12 });
