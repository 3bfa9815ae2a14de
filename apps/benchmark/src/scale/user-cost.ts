import { compare, type Measure, type Repetitions } from '../comparison/compare.js';
import { type MeasuredServer, measureLoad } from '../comparison/measurement.js';
import { runClosedLoop } from '../load/closed-loop.js';
import { type Exchange, single } from '../load/exchange.js';
import { changedUser, foundUser } from '../scim/entra-exchanges.js';
import { userName } from '../scim/sample-resources.js';
import { get } from '../scim/scim-requests.js';
import { userId } from '../seed/directory-shape.js';
import { growthResult, type ScaleResult } from './scale-result.js';

/** A server with a seeded directory. */
export interface SeededServer extends MeasuredServer {
  readonly users: number;
}

const connections = 16;
/** A step that is prime to the number of users comes by everybody, and seldom by neighbours. */
const step = 611_953;

const requests: readonly { readonly title: string; readonly exchange: (user: number, turn: number) => Exchange }[] = [
  {
    title: 'GET user by id',
    exchange: (user) => ({ request: get(`/Users/${userId(user)}`), status: 200, shows: userName(user) }),
  },
  { title: 'filter `userName eq`', exchange: (user) => foundUser(userName(user)) },
  { title: 'PATCH user', exchange: (user, turn) => changedUser(userId(user), turn) },
];

/** What requests for single users cost in the larger directory, by what they cost in the smaller one. */
export async function userCosts(
  large: SeededServer,
  small: SeededServer,
  repetitions: Repetitions,
): Promise<readonly ScaleResult[]> {
  const results: ScaleResult[] = [];
  for (const { title, exchange } of requests) {
    const comparison = await compare(measureOf(large, exchange), measureOf(small, exchange), repetitions);
    results.push(growthResult(`${title} among ${large.users} users by ${small.users}`, comparison));
  }
  return results;
}

function measureOf(server: SeededServer, exchange: (user: number, turn: number) => Exchange): Measure {
  const { port, users } = server;
  let turn = Date.now();
  const workload = () => single(exchange((turn * step) % users, turn++));
  return (seconds) => measureLoad(server, () => runClosedLoop({ port, connections, seconds, workload }));
}
