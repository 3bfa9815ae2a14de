import type { RelayMessage } from '../messages/relay-message.js';

export type PublishResult =
  /** All of them are on the broker and its replicas, at least once. */
  | { readonly outcome: 'acknowledged' }
  /** The broker will not take what it was given, however often; what was sent before it may be there. */
  | { readonly outcome: 'refused'; readonly reason: string }
  /** Any of them may or may not be there: publish all again. */
  | { readonly outcome: 'unknown'; readonly cause: unknown };

/** Takes messages to the topics, in order. Not to be called again before the last call was answered. */
export interface Publisher {
  /**
   * Makes sure that there is a connection and that the topics are as they have to be.
   *
   * @param nothingPublished whether missing topics are to be made.
   * @throws TopicsRefused a person must act.
   * @throws PublisherUnavailable
   */
  open(nothingPublished: boolean): Promise<void>;

  /** Why the message can never be sent; undefined where it can. Only after an `open`. */
  obstacle(message: RelayMessage): string | undefined;

  /** Only after `open`; after any result but `acknowledged`, `open` again. */
  publish(messages: readonly RelayMessage[]): Promise<PublishResult>;

  /** Has the next `open` look at the topics again: somebody may have changed what they take. */
  reset(): Promise<void>;

  close(): Promise<void>;
}

/** The brokers cannot be reached, or do not let us in, now; nothing was sent. */
export class PublisherUnavailable extends Error {
  override readonly name = 'PublisherUnavailable';
}
