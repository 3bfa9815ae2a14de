import { eventCodec } from '#event-catalog';
import { beforeFirstPosition, type EventStore } from '#event-store';
import type { RelayMessage, TopicRole } from '../messages/relay-message.js';
import { publishable } from '../relay/outgoing.js';
import { MessagesOfEvent } from '../state/messages-of-event.js';

/** A message of a topic of states. */
export interface LastState {
  readonly revision: number;
  /** Null: a tombstone. */
  readonly value: string | null;
}

/** What compaction leaves of a topic: the last message of each key, whatever its revision. */
export function lastOfEachKey(
  messages: Iterable<Pick<RelayMessage, 'key' | 'value' | 'headers'>>,
): ReadonlyMap<string, LastState> {
  const last = new Map<string, LastState>();
  for (const { key, value, headers } of messages) {
    last.set(key, { revision: Number(headers['ce_streamrevision']), value });
  }
  return last;
}

/** What the topics of states have to end with: what each key is at the end of the log. */
export async function lastStatesOf(
  log: EventStore,
): Promise<(role: Exclude<TopicRole, 'events'>) => ReadonlyMap<string, LastState>> {
  const messagesOfEvent = new MessagesOfEvent({ log, readEvent: (recorded) => eventCodec.decode(recorded) });
  const messages: RelayMessage[] = [];
  for (const recorded of await log.readAll(beforeFirstPosition, Number.MAX_SAFE_INTEGER)) {
    const event = publishable(eventCodec.decode(recorded));
    if (event) messages.push(...(await messagesOfEvent.write(event.envelope, event.owner)));
  }
  return (role) => lastOfEachKey(messages.filter(({ topic }) => topic === role));
}
