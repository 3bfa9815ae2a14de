import type { Position } from '#event-store';
import type { EventPlace } from '../event-place.js';
import type { SourceLog } from '../source-log.js';

/** A log under an identity, as those have it who build from it. */
export function sourceLog(identity: string, log: Omit<SourceLog, 'identity'>): SourceLog {
  return { identity, head: () => log.head(), readStream: (stream, options) => log.readStream(stream, options) };
}

/** A log that has come to a position, of which nothing is there to be read but some events. */
export function sourceLogAt(identity: string, head: Position, events: readonly EventPlace[] = []): SourceLog {
  return {
    identity,
    head: async () => head,
    readStream: async (stream, { from, limit }) =>
      events.filter((event) => event.stream === stream && event.revision >= from).slice(0, limit),
  };
}
