import type { ResourceEvent } from '../messages/event-message.js';
import type { StreamReader } from './stream-reader.js';

/** Who was in a group right before one of its events: folded from its whole stream. */
export async function membersBefore(reader: StreamReader, { stream, revision }: ResourceEvent): Promise<Set<string>> {
  const members = new Set<string>();
  for await (const page of reader.pages(stream, 0, revision)) {
    for (const { event } of page) {
      if (event.type !== 'GroupMembershipChanged') continue;
      for (const id of event.data.removed) members.delete(id);
      for (const { value } of event.data.added) members.add(value);
    }
  }
  return members;
}
