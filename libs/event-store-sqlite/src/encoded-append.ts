import type { ExpectedRevision, StreamAppend, StreamName } from '#event-store';

export interface EncodedEvent {
  readonly id: string;
  readonly type: string;
  /** JSON text, as is `metadata`. */
  readonly data: string;
  readonly metadata: string;
}

export interface EncodedAppend {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EncodedEvent[];
}

/**
 * An append as it will be stored. Done when it is handed over, so that what cannot be text fails alone, before it shares
 * a transaction with others, and so that the caller may go on using its objects.
 */
export function encodeAppend({ stream, expected, events }: StreamAppend): EncodedAppend {
  return {
    stream,
    expected,
    events: events.map(({ id, type, data, metadata }) => ({
      id,
      type,
      data: JSON.stringify(data),
      metadata: JSON.stringify(metadata),
    })),
  };
}
