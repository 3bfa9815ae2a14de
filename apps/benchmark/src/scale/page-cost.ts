import { Connection } from '../load/connection.js';
import { median } from '../comparison/median.js';
import { get } from '../scim/scim-requests.js';
import type { ScaleResult } from './scale-result.js';

const pageSize = 1_000;
const mostGrowth = 1.3;
/** Parts of the list, whose pages are compared. */
const parts = 10;

/** Reads the whole list of users page by page: what pages cost in its dearest tenth by what they cost in the first one. */
export async function pageCost(port: number, users: number): Promise<readonly ScaleResult[]> {
  const times = await pageTimes(port);
  if (times.length < users / pageSize) {
    throw new Error(`${times.length} pages of ${pageSize} cannot have held ${users} users`);
  }
  const perPart = Math.ceil(times.length / parts);
  const medians = Array.from({ length: parts }, (_, part) => median(times.slice(part * perPart, (part + 1) * perPart)));
  const [first = 0] = medians;
  return [
    {
      title: `pages of a list by cursor, ${times.length} of ${pageSize} users: the dearest tenth by the first`,
      value: Math.max(...medians) / first,
      unit: 'x',
      limit: mostGrowth,
      note: `ms a page, by tenths: ${medians.map((time) => time.toFixed(1)).join(', ')}`,
    },
  ];
}

/** Milliseconds that each page took, from the first to the last. */
async function pageTimes(port: number): Promise<readonly number[]> {
  const connection = await Connection.open(port);
  const times: number[] = [];
  try {
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const start = performance.now();
      const request = get(`/Users?count=${pageSize}&cursor=${cursor}`);
      const { body } = await connection.exchange({ request, status: 200 });
      times.push(performance.now() - start);
      [, cursor] = /"nextCursor":"([^"]*)"/.exec(body.toString('latin1', 0, 1_000)) ?? [];
    }
  } finally {
    connection.close();
  }
  return times;
}
