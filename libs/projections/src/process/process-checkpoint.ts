import type { CheckpointMove, Ownership } from '../projection-target.js';

/**
 * How far a process manager has come. What it does can be repeated without effect, so the checkpoint may lag behind after a
 * crash, and losing it costs one more pass over the log.
 */
export interface ProcessCheckpoint {
  /**
   * Takes the process over; from here on no earlier owner's move is kept.
   *
   * @throws TargetUnavailableError | EventStoreUnavailable
   */
  acquire(): Promise<Ownership>;

  /**
   * May be repeated: a move to where the checkpoint stands already is one of unknown outcome that has been made.
   *
   * @param busy whether anything was done on the way: only then must the move be kept.
   * @throws OwnershipLostError where the checkpoint does not stand where the move begins, and for a move that is kept where
   *   another owner has taken over | TargetUnavailableError
   */
  move(move: CheckpointMove, busy: boolean): Promise<void>;

  close(): Promise<void>;
}
