import type { CheckpointMove, Ownership } from '../projection-target.js';

/**
 * How far a process manager has come. What it does can be repeated without effect, so the checkpoint may lag behind after a
 * crash, and losing it costs one more pass over the log.
 */
export interface ProcessCheckpoint {
  /**
   * Takes the process over; earlier owners' moves fail from here on.
   *
   * @throws TargetUnavailableError | EventStoreUnavailable
   */
  acquire(): Promise<Ownership>;

  /**
   * @param busy whether anything was done on the way: only then must the move be kept.
   * @throws OwnershipLostError | TargetUnavailableError
   */
  move(move: CheckpointMove, busy: boolean): Promise<void>;

  close(): Promise<void>;
}
