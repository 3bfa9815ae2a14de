import { pause } from '../runner/back-off.js';
import { withinTime } from '../runner/within-time.js';
import type { Lease } from './lease.js';

/** For log, metrics and alarms. Called synchronously; must not throw. */
export interface LeaseObserver {
  taken?(): void;
  /** `taken-over`: another holds it. `expired`: it could not be renewed in time. `given-back`: the work has ended. */
  ended?(reason: 'taken-over' | 'expired' | 'given-back'): void;
  /** Nobody could tell who holds it. */
  unclear?(cause: unknown): void;
  /** The work has failed; it is begun again by whoever gets the lease next. */
  failed?(cause: unknown): void;
}

export interface HoldLeaseOptions {
  readonly lease: Lease;
  /**
   * What the holder does, until the signal aborts because the lease has ended or the process is to stop. Whatever it still
   * writes after that is refused by the epoch of what it writes to.
   */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
  readonly observer?: LeaseObserver;
  /** How often a standby asks for it, milliseconds. Default 1,000. */
  readonly askEveryMs?: number;
}

/** Renewals in the time one lasts: two may fail. */
const renewals = 3;

/**
 * Does the work whenever this process holds the lease, and stands by otherwise, until the signal aborts. Work that ends by
 * itself gives the lease back, and is taken up again by whoever gets it next. Never rejects.
 */
export async function holdLease(options: HoldLeaseOptions, signal: AbortSignal): Promise<void> {
  const { askEveryMs = 1_000 } = options;
  while (!signal.aborted) {
    const heldUntil = await claimed(options);
    if (heldUntil !== undefined) await workAsHolder(options, heldUntil, signal);
    await pause(askEveryMs, signal);
  }
}

async function workAsHolder(
  { lease, work, observer }: HoldLeaseOptions,
  heldUntil: number,
  signal: AbortSignal,
): Promise<void> {
  observer?.taken?.();
  const ended = new AbortController();
  const renewing = new AbortController();
  const keeping = keep(lease, heldUntil, observer, AbortSignal.any([signal, renewing.signal])).then((lost) => {
    if (!lost) return;
    observer?.ended?.(lost);
    ended.abort();
  });
  try {
    await work(AbortSignal.any([signal, ended.signal]));
  } catch (cause) {
    observer?.failed?.(cause);
  }
  renewing.abort();
  await keeping;
  await lease.release();
  if (!ended.signal.aborted) observer?.ended?.('given-back');
}

/**
 * @param heldUntil by the clock of this process alone: its end as others see it comes later than this, however the clocks are set.
 * @returns why the lease has ended; undefined where the signal has aborted.
 */
async function keep(
  lease: Lease,
  heldUntil: number,
  observer: LeaseObserver | undefined,
  signal: AbortSignal,
): Promise<'taken-over' | 'expired' | undefined> {
  for (;;) {
    await pause(lease.lastsMs / renewals, signal);
    if (signal.aborted) return undefined;
    const asked = performance.now();
    // A process that did not run meanwhile: another may have held the lease, and have given it up, since.
    if (asked >= heldUntil) return 'expired';
    const answer = await withinTime(lease.claim(), heldUntil - asked).catch((cause: unknown) => {
      observer?.unclear?.(cause);
      return undefined;
    });
    if (answer === false) return 'taken-over';
    if (answer) heldUntil = asked + lease.lastsMs;
    else if (performance.now() >= heldUntil) return 'expired';
  }
}

/** @returns until when the lease is held; undefined where it is not, or is over when that is heard: another may have it by then. */
async function claimed({ lease, observer }: HoldLeaseOptions): Promise<number | undefined> {
  const heldUntil = performance.now() + lease.lastsMs;
  try {
    return (await lease.claim()) && performance.now() < heldUntil ? heldUntil : undefined;
  } catch (cause) {
    observer?.unclear?.(cause);
    return undefined;
  }
}
