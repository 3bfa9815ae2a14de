import type { Clock } from '#kernel';
import type { Position } from '#event-store';
import type { RelayMessage } from '../messages/relay-message.js';
import type { MessagesOfEvent } from '../state/messages-of-event.js';
import type { StreamReader } from '../state/stream-reader.js';
import { parkedAt, publishable, type PublishableEvent } from './outgoing.js';
import type { ParkedKey } from './parked-key.js';
import type { Sender } from './sender.js';

export interface ReleaseParkedKeyOptions {
  readonly reader: StreamReader;
  readonly messages: MessagesOfEvent;
  readonly sender: Sender;
  readonly clock: Clock;
}

/** Publishes what waits of a parked key, as an operator asked. May be done again from its beginning after a crash. */
export class ReleaseParkedKey {
  constructor(private readonly options: ReleaseParkedKeyOptions) {}

  /**
   * @param checkpoint up to where the relay has gone on without the key.
   * @returns at which event the key is parked now; undefined where all of it is published.
   */
  async run(parked: ParkedKey, checkpoint: Position): Promise<ParkedKey | undefined> {
    const from = (await this.#isInLog(parked)) ? parked.revision : 0;
    for await (const page of this.options.reader.pages(parked.stream, from)) {
      for (const envelope of page) {
        if (envelope.position > checkpoint) return undefined;
        const event = publishable(envelope) as PublishableEvent;
        const dropped = parked.request === 'drop' && envelope.eventId === parked.eventId;
        const obstacle = dropped ? await this.#sendWhatCanBeSent(event) : await this.#send(event);
        if (obstacle !== undefined) return parkedAt(event, obstacle, this.options.clock.now());
      }
    }
    return undefined;
  }

  /**
   * Where the relay has started over for another log, or an older copy, a former owner may have noted late an event that is not
   * in this one; which of the key's events wait here goes by its position there.
   */
  async #isInLog({ stream, revision, eventId }: ParkedKey): Promise<boolean> {
    for await (const page of this.options.reader.pages(stream, revision, revision + 1)) {
      return page[0]?.eventId === eventId;
    }
    return false;
  }

  async #send(event: PublishableEvent): Promise<string | undefined> {
    const { messages, sender } = this.options;
    const outgoing = await messages.write(event.envelope, event.owner);
    return sender.obstacle(outgoing) ?? (await sender.send(outgoing));
  }

  async #sendWhatCanBeSent({ envelope, owner }: PublishableEvent): Promise<undefined> {
    const { messages, sender } = this.options;
    const sendable: RelayMessage[] = (await messages.write(envelope, owner)).filter(
      (message) => sender.obstacle([message]) === undefined,
    );
    // The brokers may refuse more than their settings tell; then only one by one shows what they take.
    if ((await sender.send(sendable)) !== undefined) for (const message of sendable) await sender.send([message]);
  }
}
