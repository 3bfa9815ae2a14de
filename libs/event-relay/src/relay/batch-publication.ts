import type { Clock } from '#kernel';
import type { EventEnvelope } from '#event-catalog';
import type { Position } from '#event-store';
import type { RelayMessage } from '../messages/relay-message.js';
import type { MessagesOfEvent } from '../state/messages-of-event.js';
import { type Outgoing, parkedAt, publishable, type PublishableEvent } from './outgoing.js';
import type { ParkedKey } from './parked-key.js';
import type { Sender } from './sender.js';

export interface PublicationParts {
  readonly messages: MessagesOfEvent;
  readonly sender: Sender;
  readonly clock: Clock;
}

interface Obstructed {
  readonly event: PublishableEvent;
  readonly obstacle: string;
}

interface WrittenRun {
  readonly outgoing: readonly Outgoing[];
  /** The first event of each key that cannot be sent. */
  readonly obstructed: readonly Obstructed[];
}

/**
 * Messages in one send, and characters of their values: enough to be worth a round trip, and little enough that the next are
 * soon written. What an event alone leads to may be more: the end of a group is a tombstone for each of its members.
 */
const mostPerSend = { messages: 1_024, characters: 4_000_000 };

/** The publication of one batch: one send is under way while the messages of the next are written. */
export class BatchPublication {
  readonly #parts: PublicationParts;
  readonly #parked: ReadonlyMap<string, Position>;
  readonly #underWay: Map<string, PublishableEvent>;
  /** Keys that could not go on in this batch. */
  readonly parking = new Map<string, ParkedKey>();
  /** Messages acknowledged. */
  sent = 0;

  /**
   * @param parked keys whose events wait, from which position on.
   * @param underWay is told of each key's first event, before that is sent.
   */
  constructor(parts: PublicationParts, parked: ReadonlyMap<string, Position>, underWay: Map<string, PublishableEvent>) {
    this.#parts = parts;
    this.#parked = parked;
    this.#underWay = underWay;
  }

  /** @throws TargetUnavailableError some of the batch may be published. */
  async run(batch: readonly EventEnvelope[]): Promise<void> {
    let sending: Promise<void> = Promise.resolve();
    try {
      for await (const written of this.#writtenRuns(batch)) {
        await sending;
        sending = this.#send(written);
        // It is awaited above or below; in between it must not count as a rejection that nobody handles.
        sending.catch(() => undefined);
      }
    } finally {
      // Also where the next messages cannot be written: nobody else may send before this send is over.
      await sending;
    }
  }

  /** Each is written when the one before it is handed over: two of them are in memory at a time. */
  async *#writtenRuns(batch: readonly EventEnvelope[]): AsyncGenerator<WrittenRun, void, undefined> {
    let run = new RunBuilder();
    for (const envelope of batch) {
      const event = publishable(envelope);
      if (!event || this.#waits(event) || run.isObstructed(event.key)) continue;
      const messages = await this.#parts.messages.write(event.envelope, event.owner);
      const obstacle = this.#parts.sender.obstacle(messages);
      if (obstacle !== undefined) {
        run.obstruct({ event, obstacle });
        continue;
      }
      if (!run.hasRoomFor(messages)) {
        yield run;
        run = new RunBuilder();
      }
      run.add({ ...event, messages });
    }
    yield run;
  }

  #waits({ key, envelope }: PublishableEvent): boolean {
    const from = this.#parked.get(key);
    return from !== undefined && envelope.position >= from;
  }

  async #send({ outgoing, obstructed }: WrittenRun): Promise<void> {
    const flowing = outgoing.filter(({ key }) => !this.parking.has(key));
    const messages = flowing.flatMap((event) => event.messages);
    for (const event of flowing) if (!this.#underWay.has(event.key)) this.#underWay.set(event.key, event);
    if ((await this.#parts.sender.send(messages)) === undefined) this.sent += messages.length;
    else await this.#sendOneByOne(flowing);
    for (const { event, obstacle } of obstructed) this.#park(event, obstacle);
  }

  /** Finds out for which keys the brokers refuse a send. */
  async #sendOneByOne(outgoing: readonly Outgoing[]): Promise<void> {
    for (const event of outgoing) {
      if (this.parking.has(event.key)) continue;
      const refusal = await this.#parts.sender.send(event.messages);
      if (refusal === undefined) this.sent += event.messages.length;
      else this.#park(event, refusal);
    }
  }

  /** Unless the key is parked at an earlier event. */
  #park(event: PublishableEvent, reason: string): void {
    if (this.parking.has(event.key)) return;
    this.parking.set(event.key, parkedAt(event, reason, this.#parts.clock.now()));
  }
}

class RunBuilder implements WrittenRun {
  readonly outgoing: Outgoing[] = [];
  readonly #obstructed = new Map<string, Obstructed>();
  #messages = 0;
  #characters = 0;

  get obstructed(): readonly Obstructed[] {
    return [...this.#obstructed.values()];
  }

  isObstructed(key: string): boolean {
    return this.#obstructed.has(key);
  }

  obstruct(obstructed: Obstructed): void {
    this.#obstructed.set(obstructed.event.key, obstructed);
  }

  hasRoomFor(messages: readonly RelayMessage[]): boolean {
    if (this.outgoing.length === 0) return true;
    return (
      this.#messages + messages.length <= mostPerSend.messages &&
      this.#characters + charactersOf(messages) <= mostPerSend.characters
    );
  }

  add(outgoing: Outgoing): void {
    this.outgoing.push(outgoing);
    this.#messages += outgoing.messages.length;
    this.#characters += charactersOf(outgoing.messages);
  }
}

function charactersOf(messages: readonly RelayMessage[]): number {
  return messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
}
