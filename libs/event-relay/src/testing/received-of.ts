import type { RelayMessage } from '../messages/relay-message.js';
import type { ReceivedMessage } from './read-topics.js';

/** What a consumer of one topic would get, were the messages on it. */
export function receivedOf(messages: readonly RelayMessage[], role: RelayMessage['topic']): readonly ReceivedMessage[] {
  return messages.filter(({ topic }) => topic === role).map((message) => ({ ...message, partition: 0 }));
}
