import { compare, type Measure, type Repetitions } from '../comparison/compare.js';
import { runClosedLoop } from '../load/closed-loop.js';
import { type Exchange, single } from '../load/exchange.js';
import { profileChange, userName } from '../scim/sample-resources.js';
import { get, patch, userNamed } from '../scim/scim-requests.js';
import { userId } from '../seed/directory-shape.js';
import type { ScaleResult } from './scale-result.js';

/** A server with a seeded directory. */
export interface SeededServer {
  readonly port: number;
  readonly users: number;
}

const connections = 16;
/** Most that a request may cost in a large directory, as a multiple of its cost in a small one. */
const mostGrowth = 1.3;
/** A step that is prime to the number of users comes by everybody, and seldom by neighbours. */
const step = 611_953;

const requests: readonly { readonly title: string; readonly exchange: (user: number, turn: number) => Exchange }[] = [
  { title: 'GET user by id', exchange: (user) => ({ request: get(`/Users/${userId(user)}`), status: 200 }) },
  { title: 'filter `userName eq`', exchange: (user) => ({ request: get(userNamed(userName(user))), status: 200 }) },
  {
    title: 'PATCH user',
    exchange: (user, turn) => ({ request: patch(`/Users/${userId(user)}`, ...profileChange(turn)), status: 200 }),
  },
];

/** What requests for single users cost in the larger directory, by what they cost in the smaller one. */
export async function userCosts(
  large: SeededServer,
  small: SeededServer,
  repetitions: Repetitions,
): Promise<readonly ScaleResult[]> {
  const results: ScaleResult[] = [];
  for (const { title, exchange } of requests) {
    const { ratio, subject, reference } = await compare(
      measureOf(large, exchange),
      measureOf(small, exchange),
      repetitions,
    );
    results.push({
      title: `${title} among ${large.users} users by ${small.users}`,
      value: 1 / ratio,
      unit: 'x',
      limit: mostGrowth,
      note: `${Math.round(subject.rate)} by ${Math.round(reference.rate)} requests/s`,
    });
  }
  return results;
}

function measureOf({ port, users }: SeededServer, exchange: (user: number, turn: number) => Exchange): Measure {
  let turn = Date.now();
  const workload = () => single(exchange((turn * step) % users, turn++));
  return (seconds) => runClosedLoop({ port, connections, seconds, workload });
}
