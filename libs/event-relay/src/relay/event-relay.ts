import type { Clock } from '#kernel';
import type { EventEnvelope } from '#event-catalog';
import { beforeFirstPosition, type EventStore } from '#event-store';
import {
  type CheckpointMove,
  type Ownership,
  OwnershipLostError,
  type ProjectionTarget,
  type ReadEvent,
} from '#projections';
import type { Withheld } from '../messages/published-attributes.js';
import { MessagesOfEvent } from '../state/messages-of-event.js';
import { StreamReader } from '../state/stream-reader.js';
import { BatchPublication } from './batch-publication.js';
import { parkedAt, type PublishableEvent } from './outgoing.js';
import type { Publisher } from './publisher.js';
import type { RelayLedger } from './relay-ledger.js';
import type { RelayObserver } from './relay-observer.js';
import { ReleaseParkedKey } from './release-parked-key.js';
import { Sender } from './sender.js';
import { Turns } from './turns.js';

export interface EventRelayOptions {
  readonly log: Pick<EventStore, 'readStream'>;
  readonly readEvent: ReadEvent;
  readonly ledger: RelayLedger;
  readonly publisher: Publisher;
  readonly clock: Clock;
  readonly observer?: RelayObserver;
  /** Attributes that must not leave the directory. Default: none. */
  readonly withheld?: Withheld;
  /** How often to look for what operators ask of parked keys, milliseconds. Default 2,000. */
  readonly requestsEveryMs?: number;
}

/**
 * Publishes the log: a projection whose rows are messages. First the brokers acknowledge, then the checkpoint moves, so a
 * crash in between publishes a batch once more and loses none of it. A batch that is tried again begins at the checkpoint.
 */
export class EventRelay implements ProjectionTarget {
  readonly #options: EventRelayOptions;
  readonly #messages: MessagesOfEvent;
  readonly #sender: Sender;
  readonly #release: ReleaseParkedKey;
  readonly #parked = new Set<string>();
  /** A producer has one user at a time: the batches of the runner, or a request about a parked key. */
  readonly #turns = new Turns();
  /** First events, by key, of what was sent since the checkpoint last moved. */
  readonly #underWay = new Map<string, PublishableEvent>();
  #ownership: Ownership = { epoch: 0, checkpoint: beforeFirstPosition };
  #lookForRequests: NodeJS.Timeout | undefined;

  constructor(options: EventRelayOptions) {
    const { log, readEvent, clock, publisher, observer } = options;
    this.#options = options;
    this.#messages = new MessagesOfEvent(options);
    this.#sender = new Sender(publisher, observer);
    this.#release = new ReleaseParkedKey({
      reader: new StreamReader(log, readEvent),
      messages: this.#messages,
      sender: this.#sender,
      clock,
    });
  }

  acquire(): Promise<Ownership> {
    return this.#turns.take(async () => {
      this.#ownership = await this.#options.ledger.acquire();
      await this.#recallParked();
      // Missing topics and wrong settings are to be heard of at the start, not with the first event.
      await this.#open();
      clearInterval(this.#lookForRequests);
      // Must not keep the process alive; what fails is looked at again.
      const look = () => void this.carryOutRequests().catch(() => undefined);
      this.#lookForRequests = setInterval(look, this.#options.requestsEveryMs ?? 2_000).unref();
      return this.#ownership;
    });
  }

  apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    return this.#turns.take(async () => {
      const started = performance.now();
      const messages = await this.#publish(batch, move);
      this.#options.observer?.published?.({
        events: batch.length,
        messages,
        checkpoint: move.to,
        lastOccurredAt: batch.at(-1)?.metadata.occurredAt,
        milliseconds: performance.now() - started,
      });
    });
  }

  /** Does now what operators have asked for; happens by itself, too, every now and then. */
  carryOutRequests(): Promise<void> {
    return this.#turns.take(async () => {
      const { ledger, observer } = this.#options;
      const requested = (await ledger.parkedKeys()).filter(({ request }) => request !== undefined);
      if (requested.length > 0) await this.#sender.openAfresh();
      for (const parked of requested) {
        const still = await this.#release.run(parked, this.#ownership.checkpoint);
        await ledger.settle(this.#ownership.epoch, parked, still);
        if (still) observer?.parked?.(still);
        else observer?.released?.(parked.key);
      }
      if (requested.length > 0) await this.#recallParked();
    });
  }

  /** Ends what the relay does by itself, its connections and its ledger. To be called when nothing runs it any more. */
  async close(): Promise<void> {
    clearInterval(this.#lookForRequests);
    await this.#options.publisher.close();
    await this.#options.ledger.close();
  }

  /** @returns how many messages were published. */
  async #publish(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<number> {
    const { ledger, observer, clock } = this.#options;
    await this.#open();
    const parts = { messages: this.#messages, sender: this.#sender, clock };
    const publication = new BatchPublication(parts, this.#parked, this.#underWay);
    const parked = await this.#unlessOvertaken(async () => {
      // An owner that slept and was overtaken must not put old states behind newer ones.
      if (!(await ledger.isOwnedBy(move.epoch))) throw new OwnershipLostError(move);
      await publication.run(batch);
      await ledger.move(move, [...publication.parking.values()]);
      return [...publication.parking.values()];
    });
    this.#underWay.clear();
    this.#ownership = { epoch: move.epoch, checkpoint: move.to };
    for (const key of parked) {
      this.#parked.add(key.key);
      observer?.parked?.(key);
    }
    if (parked.length > 0) observer?.parkedKeys?.(this.#parked.size);
    return publication.sent;
  }

  /** What was sent too late stands behind newer messages of its keys: has the new owner publish those again. */
  async #unlessOvertaken<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof OwnershipLostError && this.#underWay.size > 0) {
        const now = this.#options.clock.now();
        const late = Array.from(this.#underWay.values(), (event) =>
          parkedAt(event, 'a relay that was replaced sent it late', now),
        );
        await this.#options.ledger.repeat(late);
        this.#underWay.clear();
      }
      throw error;
    }
  }

  #open(): Promise<void> {
    return this.#sender.open(this.#ownership.checkpoint === beforeFirstPosition);
  }

  async #recallParked(): Promise<void> {
    this.#parked.clear();
    for (const { key } of await this.#options.ledger.parkedKeys()) this.#parked.add(key);
    this.#options.observer?.parkedKeys?.(this.#parked.size);
  }
}
