import type { CheckpointMove, Ownership } from '#projections';
import type { ParkedKey, ParkedKeyRequest } from './parked-key.js';

/**
 * What the relay has to remember: how far it has published, and which keys wait. Contract: `relayLedgerContract` in
 * `#event-relay/testing`. Every operation may fail as TargetUnavailableError, and may
 * have been done all the same; it can be repeated.
 */
export interface RelayLedger {
  /**
   * Takes the relay over; every earlier owner's writes fail from here on.
   *
   * @throws LedgerRefused nothing was taken over.
   */
  acquire(): Promise<Ownership>;

  /**
   * Moves the checkpoint by compare-and-set on epoch and `from`, and parks keys, in one transaction. A key that is noted at a
   * later event is parked at this one. The same move again does nothing: its first answer may have been lost.
   *
   * @throws OwnershipLostError nothing was written.
   */
  move(move: CheckpointMove, parked: readonly ParkedKey[]): Promise<void>;

  /** Whether the epoch is still the last one. */
  isOwnedBy(epoch: number): Promise<boolean>;

  /** In the order of their positions. */
  parkedKeys(): Promise<readonly ParkedKey[]>;

  /**
   * What became of a parked key whose request was carried out: parked at this event, or released (undefined). Writes nothing
   * where the epoch is not the last one. What an operator has asked for meanwhile, of the event at which the key stays parked,
   * is kept.
   */
  settle(epoch: number, carriedOut: ParkedKey, still: ParkedKey | undefined): Promise<void>;

  /**
   * Notes that keys are to be published again from these events on, as if each were parked there and its retry asked for, or
   * what the key says that was asked for. For an owner that was overtaken while it sent. Changes nothing of keys that are parked.
   */
  repeat(keys: readonly ParkedKey[]): Promise<void>;

  /**
   * Notes what an operator asks for; any process may.
   *
   * @param eventId at which the key has to be parked; left out: wherever it is.
   * @returns whether the key is parked there.
   */
  request(key: string, request: ParkedKeyRequest, eventId?: string): Promise<boolean>;

  close(): Promise<void>;
}

/**
 * The log is not the one that was published so far. Consumers would take its facts for those they have seen; a person has
 * to decide.
 */
export class LedgerRefused extends Error {
  override readonly name = 'LedgerRefused';

  constructor(reason: string) {
    super(
      `The relay cannot go on with this log: ${reason}. Consumers know the facts of the former one: ` +
        'publish to topics of another prefix, and have them begin anew there. The relay has to start over for that: ' +
        '"relay start-over" of the operators\' command line.',
    );
  }
}
