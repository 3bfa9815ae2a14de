import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { NodeOfCluster } from './node-of-cluster.js';
import { type ReadCall, filterOf } from './read-call.js';
import { caughtUpMessage, checkpointMessage, confirmationMessage, eventMessage } from './read-messages.js';

/**
 * A filtered subscription to `$all`: what stands after a position, then what comes. Checkpoints are sent where a real
 * server sends them: after so many events that were looked at, and when it has caught up
 * (`Enumerator.AllSubscriptionFiltered` of kurrent-io/KurrentDB).
 */
export async function serveSubscription(node: NodeOfCluster, call: ReadCall, options: ReadReq.Options): Promise<void> {
  const { log, subscriptions } = node;
  const over = new AbortController();
  const drop = (error: Error) => {
    over.abort();
    call.emit('error', error);
  };
  call.on('cancelled', () => over.abort());
  subscriptions.add(drop);
  over.signal.addEventListener('abort', () => subscriptions.delete(drop));
  call.write(confirmationMessage(randomUUID()));
  const matches = filterOf(options);
  const after = options.getAll()?.getPosition();
  const interval = intervalOf(options);
  let next = after === undefined ? 0 : log.indexOf(BigInt(after.getCommitPosition()) + 1n);
  let [searched, caughtUp] = [0, false];
  while (!over.signal.aborted) {
    const record = log.all[next];
    if (record === undefined) {
      const last = log.all[next - 1];
      if (!caughtUp && last) call.write(checkpointMessage(last.position));
      if (!caughtUp) call.write(caughtUpMessage());
      caughtUp = true;
      await log.growth(next, over.signal);
      continue;
    }
    next++;
    let ready = true;
    if (matches(record)) ready = call.write(eventMessage(record));
    if (++searched % interval === 0) ready = call.write(checkpointMessage(record.position));
    if (!ready) await once(call, 'drain', { signal: over.signal }).catch(() => undefined);
  }
}

function intervalOf(options: ReadReq.Options): number {
  const filter = options.getFilter();
  const window = filter?.hasMax() ? filter.getMax() : 32;
  return Math.max(1, window * (filter?.getCheckpointintervalmultiplier() ?? 1));
}
