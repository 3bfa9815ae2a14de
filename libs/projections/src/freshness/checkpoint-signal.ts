import { type Position, beforeFirstPosition } from '#event-store';

interface Waiter {
  readonly position: Position;
  readonly timer: NodeJS.Timeout;
  /** Undefined once answered. */
  answer: ((reached: boolean) => void) | undefined;
}

export interface CheckpointSignalOptions {
  /** How long the checkpoint may stand still, with work to do, before the breaker opens. */
  readonly stallAfterMs?: number;
}

/**
 * How far a projection has come, for those who wait to see their own write in it. Lives in one process with the runner
 * that feeds it.
 *
 * Has a breaker, so that a projection that stands still costs freshness and not time: it opens when the runner halts, or
 * when the checkpoint has not moved for `stallAfterMs` although a position beyond it was asked for. From then on nobody
 * waits, until the checkpoint moves again.
 */
export class CheckpointSignal {
  readonly #stallAfterMs: number;
  /** Ascending by position from `#first` on; what is before it has been answered. */
  readonly #waiters: Waiter[] = [];
  #first = 0;
  #current = beforeFirstPosition;
  /** The furthest position anybody has asked for; all of them are in the log. */
  #awaited = beforeFirstPosition;
  #breakerOpen = false;
  #stallTimer: NodeJS.Timeout | undefined;
  #nextChange: PromiseWithResolvers<void> | undefined;

  constructor(options: CheckpointSignalOptions = {}) {
    this.#stallAfterMs = options.stallAfterMs ?? 2_000;
  }

  /** The last checkpoint heard of. Never decreases. */
  get current(): Position {
    return this.#current;
  }

  /** Whether waiting is pointless at present. */
  get stalled(): boolean {
    return this.#breakerOpen;
  }

  /** Ask this before `reached`: it costs a comparison and no promise. */
  hasReached(position: Position): boolean {
    return position <= this.#current;
  }

  /** @returns whether the checkpoint came to `position` within `timeoutMs`; false at once while stalled. */
  reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.hasReached(position)) return Promise.resolve(true);
    if (this.#breakerOpen) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        timer: setTimeout(() => this.#settle(waiter, false), timeoutMs),
        answer: resolve,
      };
      this.#enqueue(waiter);
      if (position > this.#awaited) this.#awaited = position;
      this.#stallTimer ??= this.#startStallTimer();
    });
  }

  /** Resolves when the checkpoint next moves or the breaker opens. */
  changed(): Promise<void> {
    this.#nextChange ??= Promise.withResolvers<void>();
    return this.#nextChange.promise;
  }

  /** The projection has committed everything up to `position`. */
  advanced(position: Position): void {
    if (position < this.#current) return;
    this.#current = position;
    this.#breakerOpen = false;
    this.#answerReached();
    this.#watchForStall();
    this.#announceChange();
  }

  /** The runner has stopped: nobody need wait for it until it is heard of again. */
  halted(): void {
    this.#trip();
  }

  #enqueue(waiter: Waiter): void {
    // Writers ask for their own append, so positions come nearly in order and the search from the end is short.
    let index = this.#waiters.length;
    while (index > this.#first && (this.#waiters[index - 1] as Waiter).position > waiter.position) index--;
    this.#waiters.splice(index, 0, waiter);
  }

  #answerReached(): void {
    for (; this.#first < this.#waiters.length; this.#first++) {
      const waiter = this.#waiters[this.#first] as Waiter;
      if (waiter.position > this.#current) break;
      this.#settle(waiter, true);
    }
    if (this.#first * 2 >= this.#waiters.length) {
      this.#waiters.splice(0, this.#first);
      this.#first = 0;
    }
  }

  #settle(waiter: Waiter, reached: boolean): void {
    if (!waiter.answer) return;
    clearTimeout(waiter.timer);
    waiter.answer(reached);
    waiter.answer = undefined;
  }

  #watchForStall(): void {
    clearTimeout(this.#stallTimer);
    this.#stallTimer = this.#awaited > this.#current ? this.#startStallTimer() : undefined;
  }

  #startStallTimer(): NodeJS.Timeout {
    // Must not keep the process alive: nobody may be waiting any more.
    return setTimeout(() => this.#trip(), this.#stallAfterMs).unref();
  }

  #trip(): void {
    this.#breakerOpen = true;
    clearTimeout(this.#stallTimer);
    this.#stallTimer = undefined;
    for (const waiter of this.#waiters.splice(0).slice(this.#first)) this.#settle(waiter, false);
    this.#first = 0;
    this.#announceChange();
  }

  #announceChange(): void {
    this.#nextChange?.resolve();
    this.#nextChange = undefined;
  }
}
