import { TargetUnavailableError } from '#projections';
import type { RelayMessage } from '../messages/relay-message.js';
import { type Publisher, PublisherUnavailable } from './publisher.js';
import type { RelayObserver } from './relay-observer.js';

/** A publisher as the relay uses it: away or unsure means that the work begins again at the checkpoint. */
export class Sender {
  constructor(
    private readonly publisher: Publisher,
    private readonly observer: RelayObserver | undefined,
  ) {}

  /**
   * @param nothingPublished whether missing topics are to be made.
   * @throws TargetUnavailableError
   */
  async open(nothingPublished: boolean): Promise<void> {
    try {
      await this.publisher.open(nothingPublished);
    } catch (error) {
      if (!(error instanceof PublisherUnavailable)) throw error;
      this.observer?.rejected?.(error);
      throw new TargetUnavailableError(error.message, { cause: error });
    }
  }

  /** As `open`, and learns anew what the topics take. */
  async openAfresh(): Promise<void> {
    await this.publisher.reset();
    await this.open(false);
  }

  /** Why one of the messages can never be sent; undefined where all can. */
  obstacle(messages: readonly RelayMessage[]): string | undefined {
    for (const message of messages) {
      const obstacle = this.publisher.obstacle(message);
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  }

  /**
   * @returns why the brokers will never take one of the messages; undefined where they have taken all.
   * @throws TargetUnavailableError nobody knows which of them are there.
   */
  async send(messages: readonly RelayMessage[]): Promise<string | undefined> {
    const result = await this.publisher.publish(messages);
    if (result.outcome === 'acknowledged') return undefined;
    if (result.outcome === 'refused') {
      this.observer?.rejected?.(new Error(result.reason));
      await this.open(false);
      return result.reason;
    }
    this.observer?.rejected?.(result.cause);
    throw new TargetUnavailableError('A send was not acknowledged', { cause: result.cause });
  }
}
