import { TargetUnavailableError } from './projection-target.js';

/**
 * @param isAway whether an error of the target's store says that it cannot be used now
 * @throws TargetUnavailableError in place of such an error; every other one as it is.
 */
export async function unlessAway<T>(isAway: (error: unknown) => boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isAway(error) ? new TargetUnavailableError((error as Error).message, { cause: error }) : error;
  }
}
