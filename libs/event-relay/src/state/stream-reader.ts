import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EventStore, Revision, StreamName } from '#event-store';
import type { ReadEvent } from '#projections';
import type { ResourceEvent } from '../messages/event-message.js';

/** Events in one page: a few milliseconds of reading and folding. */
const pageLength = 256;

/** Reads streams of users and groups. */
export class StreamReader {
  constructor(
    private readonly log: Pick<EventStore, 'readStream'>,
    private readonly readEvent: ReadEvent,
  ) {}

  /**
   * The events in order, page by page; between two pages the event loop turns, because an embedded log reads synchronously.
   *
   * @param end the revision to stop before; default: where the stream ends when the last page is read.
   */
  async *pages(
    stream: StreamName,
    from: number,
    end = Infinity,
  ): AsyncGenerator<readonly ResourceEvent[], void, undefined> {
    for (let next = from; next < end;) {
      const limit = Math.min(pageLength, end - next);
      const page = await this.log.readStream(stream, { from: next as Revision, limit });
      if (page.length > 0) yield page.map((recorded) => this.readEvent(recorded) as ResourceEvent);
      if (page.length < limit) return;
      next += page.length;
      await nextTurn();
    }
  }
}
