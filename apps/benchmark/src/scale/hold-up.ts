import { median } from '../comparison/median.js';
import { runClosedLoop } from '../load/closed-loop.js';
import { Connection } from '../load/connection.js';
import { inTurn } from '../load/exchange.js';
import { get } from '../scim/scim-requests.js';
import { groupId, millionUsers, readGroup, userId } from '../seed/directory-shape.js';
import type { ScaleResult } from './scale-result.js';

const longestHoldUp = 10;
const rounds = 11;
const roundSeconds = 1;
const group = `/Groups/${groupId(millionUsers.groups.indexOf(readGroup))}`;

/**
 * How much longer a light request waits at most while another client reads a large group whole: on a machine that holds it up by
 * itself, that is not the read's doing.
 */
export async function holdUp(port: number): Promise<readonly ScaleResult[]> {
  const connection = await Connection.open(port);
  const quiet: number[] = [];
  const beside: number[] = [];
  let bytes = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      quiet.push(await slowestOf(port));
      const reading = connection.exchange({ request: get(group), status: 200 });
      const [slowest, answer] = await Promise.all([slowestOf(port), reading]);
      beside.push(slowest);
      bytes = answer.body.length;
    }
  } finally {
    connection.close();
  }
  return [
    {
      title: `by how much a full read of a group of ${readGroup} members holds up a GET`,
      value: Math.max(0, median(beside) - median(quiet)),
      unit: 'ms',
      limit: longestHoldUp,
      note:
        `the slowest GET of a second takes ${median(beside).toFixed(1)} ms at the median of ${rounds} reads, ` +
        `at worst ${Math.max(...beside).toFixed(1)}; ` +
        `without a read ${median(quiet).toFixed(1)} and ${Math.max(...quiet).toFixed(1)}; ` +
        `the group is ${(bytes / 1e6).toFixed(1)} MB`,
    },
  ];
}

async function slowestOf(port: number): Promise<number> {
  const workload = inTurn([{ request: get(`/Users/${userId(0)}`), status: 200 }]);
  const { latency } = await runClosedLoop({ port, connections: 1, seconds: roundSeconds, workload });
  return latency.max;
}
