import { setTimeout as sleep } from 'node:timers/promises';
import { Histogram } from 'prom-client';
import type { TenantId } from '#kernel';
import { type EventStore, EventStoreUnavailable, type Position } from '#event-store';
import type { CheckpointSignal } from '#projections';
import type { ReadYourWrites } from '../reading/read-your-writes.js';

/** How long an answer waits for the view, and for memberships to end, milliseconds. */
const patience = 2_000;
/** How long a look waits for the log to say where it ends and for the view to come there, together, milliseconds. */
const lookPatience = 1_000;
/**
 * How long what a look found is trusted, from when it began, milliseconds. What the view does not have of the log then, or is
 * written later, other nodes answer after `patience` at the earliest; less a little, for timers that end early.
 */
const trustedFor = patience - 100;

const waits = new Histogram({
  name: 'scim_write_wait_seconds',
  help: 'How long answers to writes waited for the view to show them',
  buckets: [
    0.001,
    0.002,
    0.003,
    0.005,
    0.0075,
    0.01,
    0.015,
    0.02,
    0.03,
    0.05,
    0.1,
    0.2,
    0.5,
    1,
    patience / 1_000,
    (2 * patience) / 1_000,
  ],
});

export interface WaitOnWriteOptions {
  readonly store: Pick<EventStore, 'head'>;
  /** What is heard of the view's checkpoint, whichever process moves it. */
  readonly view: CheckpointSignal;
  readonly membershipEnd: CheckpointSignal;
  /** Default: by a timer. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

/**
 * For one of several processes that write, while another one builds the view: whoever writes waits until the view has it
 * before it answers, so that a read on any node finds it there, and nodes need not know of one another.
 *
 * Where the view is late the write is answered all the same, for it is in the log, and reads of it then go to the log. What
 * this process answered so it knows; what others did, it learns by `look`. A view that no look has found at the end of the
 * log for as long as they are patient is not trusted, whatever became of the looks: a link may have gone silent.
 */
export class WaitOnWrite implements ReadYourWrites {
  readonly #options: WaitOnWriteOptions;
  /** The last position that was answered, seen by the view or not. */
  #answered: Position | undefined;
  /** When the last look began, if it found the view at the end of the log; by `performance.now`. */
  #foundCurrentAt: number | undefined;
  /** Since when looks have found the view late. */
  #lateSince: number | undefined;

  constructor(options: WaitOnWriteOptions) {
    this.#options = options;
  }

  written(position: Position | undefined): Promise<void> {
    return timed(this.#written(position));
  }

  deprovisioned(_tenant: TenantId, position: Position): Promise<void> {
    return timed(this.#deprovisioned(position));
  }

  async #written(position: Position | undefined): Promise<void> {
    const began = performance.now();
    // What nothing had to be added to may be another node's write that the view does not have yet.
    const upTo = position ?? (await this.#head());
    if (upTo !== undefined && (await this.#isSeen(upTo))) return;
    // Where this node heard of it first, the others have to have time to look before anybody may ask them; so they have where
    // nobody here knows up to where this answer tells of the log.
    const rest = patience - (performance.now() - began);
    if (rest > 0 && !this.#isLongLate()) await (this.#options.sleep ?? sleep)(rest);
  }

  async #deprovisioned(position: Position): Promise<void> {
    const { membershipEnd } = this.#options;
    // The ends of memberships are events after the deletion: first they have to be in the log, then in the view.
    const haveEnded = await membershipEnd.reached(position, patience);
    await this.#written((haveEnded ? await this.#head() : undefined) ?? position);
  }

  /**
   * Learns whether the view keeps up with what any node writes. To be called again and again, at least twice in `trustedFor`.
   *
   * @throws EventStoreUnavailable where the log cannot be asked: then nobody here knows what others have answered.
   */
  async look(): Promise<void> {
    const { store, view } = this.#options;
    const began = performance.now();
    // Of a view that stands still nobody waits for, so what is written after this look may be answered at once.
    const stoodStill = view.stalled;
    try {
      const end = await answeredWithin(lookPatience, store.head());
      const keepsUp = await view.reached(end, lookPatience - (performance.now() - began));
      const isLate = stoodStill || !keepsUp;
      this.#foundCurrentAt = isLate ? undefined : began;
      this.#lateSince = isLate ? (this.#lateSince ?? performance.now()) : undefined;
    } catch (error) {
      this.#foundCurrentAt = this.#lateSince = undefined;
      throw error;
    }
  }

  isCurrent(): boolean {
    return this.#isTrusted() && (this.#answered === undefined || this.#options.view.hasReached(this.#answered));
  }

  async readable(): Promise<boolean> {
    return this.#isTrusted() && (this.#answered === undefined || this.#options.view.reached(this.#answered, patience));
  }

  /** A deletion is answered when its memberships have ended, or after `patience`; of that other nodes know nothing. */
  showsDeleted(): boolean {
    return false;
  }

  #isLongLate(): boolean {
    return this.#lateSince !== undefined && performance.now() - this.#lateSince >= patience;
  }

  #isTrusted(): boolean {
    const at = this.#foundCurrentAt;
    return at !== undefined && performance.now() - at < trustedFor && !this.#options.view.stalled;
  }

  /** Waits for the view to have what is about to be answered. */
  #isSeen(upTo: Position): Promise<boolean> {
    if (this.#answered === undefined || upTo > this.#answered) this.#answered = upTo;
    return this.#options.view.reached(upTo, patience);
  }

  /** @returns undefined where the log cannot be asked. */
  #head(): Promise<Position | undefined> {
    return answeredWithin(patience, this.#options.store.head()).catch(() => undefined);
  }
}

async function timed(wait: Promise<void>): Promise<void> {
  const end = waits.startTimer();
  await wait;
  end();
}

/** @throws EventStoreUnavailable where the answer takes longer, as of a network that drops whatever is sent. */
async function answeredWithin<T>(milliseconds: number, answer: Promise<T>): Promise<T> {
  const { promise: silence, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(new EventStoreUnavailable(`The event log does not answer within ${milliseconds} ms`));
  const timer = setTimeout(giveUp, milliseconds);
  return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
}
