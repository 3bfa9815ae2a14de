import type { Access, AccessChange } from './access/access-change.js';

export const PROVISIONING_TOPICS = Symbol('PROVISIONING_TOPICS');
export const ACCESS_LISTENER = Symbol('ACCESS_LISTENER');

/** Who is told. A program of yours would grant and revoke here; each call may come again after a crash. */
export interface AccessListener {
  /** The topics are not made yet: no relay has started so far. */
  waiting(): void;
  /** Everything up to now is known: these have access. */
  ready(accesses: readonly Access[]): void;
  /** Every few seconds from then on, while the brokers answer. */
  heartbeat(): void;
  changed(change: AccessChange): void;
  /** Events of the key never came; the states are read anew. */
  missed(key: string): void;
  /** Nothing more is heard; the program had better end, to be started again. */
  failed(error: Error): void;
}
