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
  const { log } = node;
  const after = BigInt(options.getAll()?.getPosition()?.getCommitPosition() ?? 0);
  const over = new AbortController();
  const subscription = {
    after,
    searched: 0,
    get over() {
      return over.signal.aborted;
    },
    drop: (error: Error) => {
      over.abort();
      call.emit('error', error);
    },
  };
  node.subscriptions.push(subscription);
  call.on('cancelled', () => over.abort());
  call.write(confirmationMessage(randomUUID()));
  const matches = filterOf(options);
  const interval = intervalOf(options);
  let next = log.indexOf(after + 1n);
  let caughtUp = false;
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
    if (++subscription.searched % interval === 0) ready = call.write(checkpointMessage(record.position));
    if (!ready) await once(call, 'drain', { signal: over.signal }).catch(() => undefined);
  }
}

function intervalOf(options: ReadReq.Options): number {
  const filter = options.getFilter();
  const window = filter?.hasMax() ? filter.getMax() : 32;
  return Math.max(1, window * (filter?.getCheckpointintervalmultiplier() ?? 1));
}
