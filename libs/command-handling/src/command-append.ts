import type { DirectoryEvent, EventCodec } from '#event-catalog';
import { type ExpectedRevision, revisionAfter, type StreamAppend, type StreamName } from '#event-store';
import type { CommandContext } from './command-context.js';
import { derivedUuid } from './derived-uuid.js';

/**
 * What a command appends to a stream. An event's id is derived from the command and the event's place, so the retry of a
 * write is the same write, while a repeated command that writes elsewhere writes something else.
 */
export function commandAppend(
  codec: EventCodec,
  context: CommandContext,
  { stream, revision }: { readonly stream: StreamName; readonly revision: ExpectedRevision },
  events: readonly DirectoryEvent[],
): StreamAppend {
  const first = revisionAfter(revision);
  const records = events.map((event, index) =>
    codec.encode(derivedUuid(context.commandId, `${stream}@${first + index}`), event, context),
  );
  return { stream, expected: revision, events: records };
}
