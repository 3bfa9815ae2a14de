import { type Position, beforeFirstPosition } from '#event-store';

interface Waiter {
  readonly position: Position;
  /** Until when it waits, by `performance.now`. */
  readonly deadline: number;
  readonly answer: (reached: boolean) => void;
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
 *
 * Every read after a write comes by here, so waiting sets no timer of its own: one timer looks after all of them.
 */
export class CheckpointSignal {
  readonly #stallAfterMs: number;
  /** Ascending by position. */
  #waiters: Waiter[] = [];
  #current = beforeFirstPosition;
  /** The furthest position anybody has asked for; all of them are in the log. */
  #awaited = beforeFirstPosition;
  /** Since when there has been work to do and no move, by `performance.now`. */
  #standingSince = 0;
  #breakerOpen = false;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer looks, by `performance.now`; at the earliest deadline or before. */
  #timerAt = Infinity;
  #nextChange: PromiseWithResolvers<void> | undefined;
  /** Ends the wait of the runner, the only one who waits for demand. */
  #onDemand: (() => void) | undefined;

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

  /** Whether somebody has asked for a position that has not been reached. */
  get isAwaited(): boolean {
    return this.#awaited > this.#current;
  }

  /** Ask this before `reached`: it costs a comparison and no promise. */
  hasReached(position: Position): boolean {
    return position <= this.#current;
  }

  /** @returns whether the checkpoint came to `position` within `timeoutMs`; false at once while stalled. */
  reached(position: Position, timeoutMs: number): Promise<boolean> {
    if (this.hasReached(position)) return Promise.resolve(true);
    if (this.#breakerOpen) return Promise.resolve(false);
    const now = performance.now();
    if (!this.isAwaited) this.#standingSince = now;
    if (position > this.#awaited) this.#awaited = position;
    this.#onDemand?.();
    return new Promise((answer) => {
      const deadline = now + timeoutMs;
      this.#enqueue({ position, deadline, answer });
      this.#lookBy(Math.min(deadline, this.#standingSince + this.#stallAfterMs), now);
    });
  }

  /** Resolves when the checkpoint next moves or the breaker opens. */
  changed(): Promise<void> {
    this.#nextChange ??= Promise.withResolvers<void>();
    return this.#nextChange.promise;
  }

  /** Resolves as soon as somebody asks for a position that has not been reached, the time is up or the signal aborts. */
  untilAwaited(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (this.isAwaited || signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        this.#onDemand = undefined;
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
      this.#onDemand = end;
    });
  }

  /** The projection has committed everything up to `position`. */
  advanced(position: Position): void {
    if (position < this.#current) return;
    this.#current = position;
    this.#breakerOpen = false;
    if (this.isAwaited) this.#standingSince = performance.now();
    this.#answerReached();
    this.#announceChange();
  }

  /** The runner has stopped: nobody need wait for it until it is heard of again. */
  halted(): void {
    this.#trip();
  }

  #enqueue(waiter: Waiter): void {
    // Writers ask for their own append, so positions come nearly in order and the search from the end is short.
    let index = this.#waiters.length;
    while (index > 0 && (this.#waiters[index - 1] as Waiter).position > waiter.position) index--;
    this.#waiters.splice(index, 0, waiter);
  }

  #answerReached(): void {
    const first = this.#waiters.findIndex(({ position }) => position > this.#current);
    const reached = this.#waiters.splice(0, first === -1 ? this.#waiters.length : first);
    for (const { answer } of reached) answer(true);
  }

  /** Has the timer look by then. One that looks earlier and finds nothing to do sets itself again. */
  #lookBy(time: number, now: number): void {
    if (time >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = time;
    // Must not keep the process alive: nobody may be waiting any more.
    this.#timer = setTimeout(() => this.#look(), time - now).unref();
  }

  #look(): void {
    this.#timerAt = Infinity;
    const now = performance.now();
    const late = this.#waiters.filter(({ deadline }) => deadline <= now);
    if (late.length > 0) this.#waiters = this.#waiters.filter(({ deadline }) => deadline > now);
    for (const { answer } of late) answer(false);
    if (!this.isAwaited) return;
    const stall = this.#standingSince + this.#stallAfterMs;
    if (stall <= now) this.#trip();
    else
      this.#lookBy(
        this.#waiters.reduce((earliest, { deadline }) => Math.min(earliest, deadline), stall),
        now,
      );
  }

  #trip(): void {
    this.#breakerOpen = true;
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    for (const { answer } of this.#waiters.splice(0)) answer(false);
    this.#announceChange();
  }

  #announceChange(): void {
    this.#nextChange?.resolve();
    this.#nextChange = undefined;
  }
}
