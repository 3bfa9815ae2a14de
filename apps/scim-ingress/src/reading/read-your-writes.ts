import type { Position } from '#event-store';

/** Injection token. */
export const READ_YOUR_WRITES = Symbol('READ_YOUR_WRITES');

/**
 * Makes a GET see every write that was answered before it began. Either side may do the waiting: in one process the read
 * waits for the head the process knows of; across processes only a wait on the write needs no coordination.
 */
export interface ReadYourWrites {
  /** Before a write at `position` is answered. Never fails: the write is in the log, the view may only be late. */
  written(position: Position): Promise<void>;
  /** Before a deletion at `position` is answered: later GETs show no membership of it, unless its end is late. */
  deprovisioned(position: Position): Promise<void>;
  /** Before a read. False where the view is late beyond patience: what it has may be stale, and lists have gaps. */
  readable(): Promise<boolean>;
}
