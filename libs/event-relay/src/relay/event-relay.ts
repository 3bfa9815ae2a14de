import { type Clock, SerialQueue } from '#kernel';
import type { EventEnvelope } from '#event-catalog';
import { beforeFirstPosition, type EventStore, EventStoreUnavailable, type Position } from '#event-store';
import {
  type CheckpointMove,
  type Ownership,
  OwnershipLostError,
  type ProjectionTarget,
  type ReadEvent,
  TargetUnavailableError,
} from '#projections';
import type { Withheld } from '../messages/published-attributes.js';
import { MessagesOfEvent } from '../state/messages-of-event.js';
import { StreamReader } from '../state/stream-reader.js';
import { BatchPublication } from './batch-publication.js';
import { parkedAt, type PublishableEvent } from './outgoing.js';
import type { ParkedKey } from './parked-key.js';
import type { Publisher } from './publisher.js';
import type { RelayLedger } from './relay-ledger.js';
import type { RelayObserver } from './relay-observer.js';
import { ReleaseParkedKey } from './release-parked-key.js';
import { Sender } from './sender.js';
import { WrittenRuns } from './written-runs.js';

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
  /** As `MessagesOfEventOptions` has it. */
  readonly rememberedStates?: number;
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
  /** From which position on events wait, by key: earlier ones flow where the relay begins before them. */
  readonly #parked = new Map<string, Position>();
  /** False while the ledger may know of more or fewer parked keys than this process. */
  #parkedIsKnown = false;
  /** A producer has one user at a time: the batches of the runner, or a request about a parked key. */
  readonly #turns = new SerialQueue();
  /** The messages of batches that are to come. The next may be heard of before the one in hand has asked for its own. */
  readonly #prepared = new WeakMap<readonly EventEnvelope[], WrittenRuns>();
  /** Resolves when all of what was prepared last is written and taken; not where that is left before. */
  #lastTaken: Promise<void> = Promise.resolve();
  /** First events, by key, of what was sent since the checkpoint last moved. */
  readonly #underWay = new Map<string, PublishableEvent>();
  /** What was sent of it may not be acknowledged. */
  #releasing: ParkedKey | undefined;
  #ownership: Ownership = { epoch: 0, checkpoint: beforeFirstPosition };
  #lookForRequests: NodeJS.Timeout | undefined;
  /** Whether the last look is not over. */
  #isLooking = false;
  #isClosed = false;

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
    return this.#turns.run('producer', async () => {
      this.#ownership = await this.#options.ledger.acquire();
      await this.#recallParked();
      // Missing topics and wrong settings are to be heard of at the start, not with the first event.
      await this.#open();
      if (this.#isClosed) throw new TargetUnavailableError('The relay has ended');
      clearInterval(this.#lookForRequests);
      // Must not keep the process alive.
      this.#lookForRequests = setInterval(() => this.#look(), this.#options.requestsEveryMs ?? 2_000).unref();
      return this.#ownership;
    });
  }

  /**
   * Writes the messages of the next batch while the last of those before are sent; not sooner, or the two would make each other
   * read again what was remembered, and fill the memory.
   */
  prepare(batch: readonly EventEnvelope[]): void {
    const runs = new WrittenRuns(batch, this.#messages);
    this.#prepared.set(batch, runs);
    void this.#lastTaken.then(() => runs.begin());
    this.#lastTaken = runs.allTaken;
  }

  apply(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<void> {
    return this.#turns.run('producer', async () => {
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
    return this.#turns.run('producer', () =>
      this.#unlessOvertaken(async () => {
        const { ledger } = this.#options;
        const requested = (await ledger.parkedKeys()).filter(({ request }) => request !== undefined);
        if (requested.length === 0) return;
        await this.#sender.openAfresh();
        for (const parked of requested) await this.#carryOut(parked);
        await this.#recallParked();
      }),
    );
  }

  /**
   * Ends what the relay does by itself, its connections and its ledger. To be called when nothing runs it any more; where a
   * send is under way all the same, or was never answered, the ledger is told: it may still arrive behind newer messages.
   */
  async close(): Promise<void> {
    const { ledger, publisher, observer } = this.#options;
    this.#isClosed = true;
    clearInterval(this.#lookForRequests);
    await publisher.close();
    await this.#repeatLate('a relay that has ended was not told whether it arrived').catch((error: unknown) => {
      observer?.rejected?.(error);
    });
    await ledger.close();
  }

  /** Waits for its turn behind what is published, and that for it; so no two of them may wait. What fails is looked at again. */
  #look(): void {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const over = () => void (this.#isLooking = false);
    this.carryOutRequests().then(over, over);
  }

  async #carryOut(parked: ParkedKey): Promise<void> {
    const { ledger, observer } = this.#options;
    const { epoch, checkpoint } = this.#ownership;
    const standing = { epoch, from: checkpoint, to: checkpoint };
    await this.#expectOwned(standing);
    this.#releasing = parked;
    const still = await this.#release.run(parked, checkpoint);
    // It may be settled although the answer is lost, and then its later events must not wait here.
    this.#parkedIsKnown = false;
    await ledger.settle(epoch, parked, still);
    // Of an owner that was overtaken meanwhile nothing is settled.
    await this.#expectOwned(standing);
    this.#releasing = undefined;
    if (still) observer?.parked?.(still);
    else observer?.released?.(parked.key);
  }

  /** @returns how many messages were published. */
  async #publish(batch: readonly EventEnvelope[], move: CheckpointMove): Promise<number> {
    const { ledger, observer, clock } = this.#options;
    if (!this.#parkedIsKnown) await this.#recallParked();
    await this.#open();
    const publication = new BatchPublication({ sender: this.#sender, clock }, this.#parked, this.#underWay);
    const parked = await this.#unlessOvertaken(async () => {
      await this.#expectOwned(move);
      await publication.run(this.#runsOf(batch));
      const parking = [...publication.parking.values()];
      // They may be parked although the answer is lost, and then their later events have to wait.
      this.#parkedIsKnown = parking.length === 0;
      await ledger.move(move, parking);
      this.#parkedIsKnown = true;
      return parking;
    });
    this.#underWay.clear();
    this.#ownership = { epoch: move.epoch, checkpoint: move.to };
    for (const key of parked) {
      this.#parked.set(key.key, key.position);
      observer?.parked?.(key);
    }
    if (parked.length > 0) observer?.parkedKeys?.(this.#parked.size);
    return publication.sent;
  }

  /** A batch that is tried again is written again. */
  #runsOf(batch: readonly EventEnvelope[]): WrittenRuns {
    const prepared = this.#prepared.get(batch);
    this.#prepared.delete(batch);
    return prepared ?? new WrittenRuns(batch, this.#messages);
  }

  /** An owner that slept and was overtaken must not put old states behind newer ones. */
  async #expectOwned(move: CheckpointMove): Promise<void> {
    if (!(await this.#options.ledger.isOwnedBy(move.epoch))) throw new OwnershipLostError(move);
  }

  /**
   * What was sent too late stands behind newer messages of its keys: has the new owner publish those again.
   *
   * @throws TargetUnavailableError also where the log cannot be read now: what users and groups were is looked up there.
   */
  async #unlessOvertaken<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof OwnershipLostError) await this.#repeatLate('a relay that was replaced sent it late');
      if (!(error instanceof EventStoreUnavailable)) throw error;
      throw new TargetUnavailableError('The log cannot be read now', { cause: error });
    }
  }

  async #repeatLate(reason: string): Promise<void> {
    const now = this.#options.clock.now();
    const late = Array.from(this.#underWay.values(), (event) => parkedAt(event, reason, now));
    if (this.#releasing) late.push({ ...this.#releasing, reason });
    if (late.length === 0) return;
    await this.#options.ledger.repeat(late);
    this.#underWay.clear();
    this.#releasing = undefined;
  }

  #open(): Promise<void> {
    return this.#sender.open(this.#ownership.checkpoint === beforeFirstPosition);
  }

  async #recallParked(): Promise<void> {
    const parked = await this.#options.ledger.parkedKeys();
    this.#parked.clear();
    for (const { key, position } of parked) this.#parked.set(key, position);
    this.#parkedIsKnown = true;
    this.#options.observer?.parkedKeys?.(this.#parked.size);
  }
}
