import type { Exchange } from '../load/exchange.js';
import { runPacedLoad } from '../load/paced-load.js';
import { additionOf, profileChange, removalOf, userName } from '../scim/sample-resources.js';
import { get, patch, userNamed } from '../scim/scim-requests.js';
import { groupId, millionUsers, userId } from '../seed/directory-shape.js';
import type { ScaleResult } from './scale-result.js';

/** What Microsoft demands of a SCIM server for a tenant. */
const perSecond = 25;
const seconds = 40;
const longestWait = 15;
const step = 611_953;

/** How long requests take at the pace Entra keeps, reads and changes in turns, in a directory of a million users. */
export async function entraPace(port: number): Promise<ScaleResult> {
  let turn = Date.now();
  const latency = await runPacedLoad({ port, perSecond, seconds, next: () => exchange(turn++) });
  return {
    title: `p99 at ${perSecond} requests/s`,
    value: latency.quantile(0.99),
    unit: 'ms',
    limit: longestWait,
    note: `${latency.count} requests, p50 ${latency.quantile(0.5).toFixed(1)} ms, max ${latency.max.toFixed(1)} ms`,
  };
}

function exchange(turn: number): Exchange {
  const user = (Math.floor(turn / 4) * step) % millionUsers.users;
  const changes = Math.floor(turn / 4);
  switch (turn % 4) {
    case 0:
      return { request: get(userNamed(userName(user))), status: 200 };
    case 1:
      return { request: patch(`/Users/${userId(user)}`, ...profileChange(changes)), status: 200 };
    case 2:
      return { request: get(`/Users/${userId(user)}`), status: 200 };
    default: {
      const group = groupId(Math.floor(changes / 2) % millionUsers.groups.length);
      const operation = changes % 2 === 0 ? additionOf : removalOf;
      return { request: patch(`/Groups/${group}`, operation([userId(millionUsers.users - 2)])), status: 204 };
    }
  }
}
