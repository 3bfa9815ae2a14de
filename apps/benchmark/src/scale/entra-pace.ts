import { median } from '../comparison/median.js';
import type { Exchange } from '../load/exchange.js';
import { LatencyHistogram } from '../load/latency-histogram.js';
import { runPacedLoad } from '../load/paced-load.js';
import { changedUser, foundUser } from '../scim/entra-exchanges.js';
import { additionOf, removalOf, userName } from '../scim/sample-resources.js';
import { get, patch } from '../scim/scim-requests.js';
import { groupId, millionUsers, userId } from '../seed/directory-shape.js';
import type { ScaleResult } from './scale-result.js';

/** What Microsoft demands of a SCIM server for a tenant. */
const perSecond = 25;
const rounds = 3;
const roundSeconds = 20;
const longestWait = 15;
const step = 611_953;

/** How long requests take at the pace Entra keeps, reads and changes in turns, in a directory of a million users. */
export async function entraPace(port: number): Promise<readonly ScaleResult[]> {
  let turn = Date.now();
  const latency = new LatencyHistogram();
  const slowest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const seen = await runPacedLoad({ port, perSecond, seconds: roundSeconds, next: () => exchange(turn++) });
    slowest.push(seen.quantile(0.99));
    latency.add(seen);
  }
  return [
    {
      title: `p99 at ${perSecond} requests/s among ${millionUsers.users} users`,
      value: median(slowest),
      unit: 'ms',
      limit: longestWait,
      note:
        `median of ${slowest.map((wait) => wait.toFixed(1)).join(', ')}; ` +
        `of ${latency.count} requests p50 ${latency.quantile(0.5).toFixed(1)} ms, max ${latency.max.toFixed(1)} ms`,
    },
  ];
}

function exchange(turn: number): Exchange {
  const user = (Math.floor(turn / 4) * step) % millionUsers.users;
  const changes = Math.floor(turn / 4);
  switch (turn % 4) {
    case 0:
      return foundUser(userName(user));
    case 1:
      return changedUser(userId(user), changes);
    case 2:
      return { request: get(`/Users/${userId(user)}`), status: 200 };
    default: {
      const group = groupId(Math.floor(changes / 2) % millionUsers.groups.length);
      const operation = changes % 2 === 0 ? additionOf : removalOf;
      return { request: patch(`/Groups/${group}`, operation([userId(millionUsers.users - 2)])), status: 204 };
    }
  }
}
