import { runClosedLoop } from '../load/closed-loop.js';
import { type Exchange, single } from '../load/exchange.js';
import { profileChange, userName } from '../scim/sample-resources.js';
import { get, patch, userNamed } from '../scim/scim-requests.js';
import { groupId, millionMemberships, userId } from '../seed/directory-shape.js';
import { memoryOf } from '../server/process-memory.js';
import type { ServerProcess } from '../server/server-process.js';
import type { ScaleResult } from './scale-result.js';

const mostMemory = 350;
const seconds = 10;
const step = 61_953;

/** The most memory a server used, from its start through ten seconds of reads and changes all over its directory. */
export async function memoryUse({ port, pid }: ServerProcess): Promise<readonly ScaleResult[]> {
  let turn = Date.now();
  const workload = () => {
    const user = (++turn * step) % millionMemberships.users;
    const group = user % millionMemberships.groups.length;
    const exchanges: readonly Exchange[] = [
      { request: get(`/Users/${userId(user)}`), status: 200 },
      { request: get(userNamed(userName(user))), status: 200 },
      { request: patch(`/Users/${userId(user)}`, ...profileChange(turn)), status: 200 },
      { request: get(`/Groups/${groupId(group)}`), status: 200 },
    ];
    return single(exchanges[turn % exchanges.length] as Exchange);
  };
  const { requests } = await runClosedLoop({ port, connections: 16, seconds, workload });
  const memory = memoryOf(pid);
  if (!memory) return [];
  return [
    {
      title: 'memory with 100000 users and 1000000 memberships',
      value: memory.peak,
      unit: 'MiB',
      limit: mostMemory,
      note:
        `peak; after ${requests} requests ${Math.round(memory.resident)} MiB, ` +
        `${Math.round(memory.own)} of them without mapped files`,
    },
  ];
}
