import type { EventStore, RecordedEvent, SubscribeOptions } from '#event-store';
import { type BuiltUpTo, reasonNotToGoOn } from '../source-log.js';

/** A log that is followed, and asked whether it still has what was read of it. */
export type FollowedLog = Pick<EventStore, 'subscribeAll' | 'head' | 'readStream'>;

/** The log does not have what was read of it before: its server was given another one, e.g. restored from a backup. */
export class LogParted extends Error {
  override readonly name = 'LogParted';
}

/**
 * `EventStore.subscribeAll`, which hands nothing over before it is known that the log has the last event from before: each time
 * it begins or goes on to be served, as in between the log's server may have been restored from a backup.
 *
 * @param built what the subscription goes on from.
 * @throws LogParted, also where the log is quiet; and what `head` and `readStream` do
 */
export async function* subscribeSameLog(
  log: FollowedLog,
  built: BuiltUpTo,
  options: SubscribeOptions,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  const over = new AbortController();
  let read = built;
  let comparison = Promise.resolve();
  const onServed = () => {
    comparison = expectToHave(log, read);
    comparison.catch(() => over.abort());
    options.onServed?.();
  };
  // Nothing is expected of a log that nobody listens to any more.
  const left = Promise.withResolvers<void>();
  const leave = () => left.resolve();
  options.signal.addEventListener('abort', leave, { once: true });
  const compared = () => Promise.race([left.promise, comparison]);
  const signal = AbortSignal.any([options.signal, over.signal]);
  try {
    for await (const batch of log.subscribeAll(built.checkpoint, { ...options, signal, onServed })) {
      await compared();
      if (options.signal.aborted) return;
      const last = batch.at(-1);
      if (last) read = { checkpoint: last.position, last };
      yield batch;
    }
    await compared();
  } catch (error) {
    // A log may refuse to be read from a place that it does not have, and then never serves.
    const isToBeAsked = !(error instanceof LogParted) && !options.signal.aborted;
    if (isToBeAsked) await expectToHave(log, read).catch(throwIfParted);
    throw error;
  } finally {
    options.signal.removeEventListener('abort', leave);
  }
}

async function expectToHave(log: FollowedLog, read: BuiltUpTo): Promise<void> {
  const reason = await reasonNotToGoOn(log, read);
  if (reason !== undefined) throw new LogParted(`The log is not the one it was: ${reason}`);
}

function throwIfParted(error: unknown): void {
  if (error instanceof LogParted) throw error;
}
