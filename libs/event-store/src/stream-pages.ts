import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore, RecordedEvent } from './event-store.js';
import type { Revision, StreamName } from './stream-name.js';

/** Events in one page: a few milliseconds of reading and folding. */
const pageLength = 256;

/**
 * The events of a stream in order, page by page. Between two pages the event loop turns, because an embedded store reads
 * synchronously: a stream of 50,000 events would hold up every other request for half a second.
 *
 * @param from the first revision to read.
 * @param end the revision to stop before; default: where the stream ends when the last page is read.
 */
export async function* streamPages(
  store: Pick<EventStore, 'readStream'>,
  stream: StreamName,
  from: Revision,
  end = Infinity,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  for (let next: number = from; next < end;) {
    const limit = Math.min(pageLength, end - next);
    const page = await store.readStream(stream, { from: next as Revision, limit });
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    next += page.length;
    await nextTurn();
  }
}
