import { Connection } from '../load/connection.js';
import { median } from '../comparison/median.js';
import { get } from '../scim/scim-requests.js';
import type { ScaleResult } from './scale-result.js';

const pageSize = 1_000;
const mostGrowth = 1.3;
/** The pages at either end of the list that are compared: a tenth of all. */
const share = 10;

/** Reads the whole list of users page by page: what the last pages cost by what the first ones cost. */
export async function pageCost(port: number): Promise<ScaleResult> {
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
  const compared = Math.ceil(times.length / share);
  const [first, last] = [median(times.slice(0, compared)), median(times.slice(-compared))];
  return {
    title: `the last pages of a list by cursor, ${times.length} pages of ${pageSize}, by the first`,
    value: last / first,
    unit: 'x',
    limit: mostGrowth,
    note: `${last.toFixed(1)} by ${first.toFixed(1)} ms`,
  };
}
