import type { Position, Revision, StreamName } from '#event-store';

/** What an operator has asked for; the relay does it. */
export type ParkedKeyRequest = 'retry' | 'drop';

/**
 * A user or group whose next event cannot be published. It and every later one of the key wait, so that order holds; they
 * are in the log and need be kept nowhere else.
 */
export interface ParkedKey {
  /** Of the message; `<tenant>:<id>`. */
  readonly key: string;
  readonly stream: StreamName;
  /** The first event that waits. */
  readonly revision: Revision;
  readonly position: Position;
  readonly eventId: string;
  readonly eventType: string;
  /** What is wrong with it, without anything of its content. */
  readonly reason: string;
  /** Milliseconds since the Unix epoch. */
  readonly parkedAt: number;
  readonly request?: ParkedKeyRequest;
}
