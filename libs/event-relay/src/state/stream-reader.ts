import { type EventStore, type Revision, type StreamName, streamPages } from '#event-store';
import type { ReadEvent } from '#projections';
import type { ResourceEvent } from '../messages/event-message.js';

/** Reads streams of users and groups. */
export class StreamReader {
  constructor(
    private readonly log: Pick<EventStore, 'readStream'>,
    private readonly readEvent: ReadEvent,
  ) {}

  /**
   * The events in order, page by page.
   *
   * @param end the revision to stop before; default: where the stream ends when the last page is read.
   */
  async *pages(
    stream: StreamName,
    from: number,
    end?: number,
  ): AsyncGenerator<readonly ResourceEvent[], void, undefined> {
    for await (const page of streamPages(this.log, stream, from as Revision, end)) {
      yield page.map((recorded) => this.readEvent(recorded) as ResourceEvent);
    }
  }
}
