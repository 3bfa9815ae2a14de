import type { ComposeProcess } from '../../support/compose-process.js';
import { adminToken } from './two-nodes.js';

/** How many answers waited so long at most, in ascending order of the bounds, milliseconds. */
export type Waits = readonly { readonly bound: number; readonly answers: number }[];

/** What the nodes' own metric says of the waits of all their answers so far. */
export async function waitsOf(nodes: readonly ComposeProcess[]): Promise<Waits> {
  const total = new Map<number, number>();
  for (const node of nodes) {
    const answer = await fetch(`${await node.origin()}/metrics`, {
      headers: { authorization: `Bearer ${adminToken}` },
    });
    const buckets = (await answer.text()).matchAll(/^scim_write_wait_seconds_bucket\{le="([^"]+)"\} (\d+)$/gm);
    for (const [, bound, answers] of buckets) {
      const milliseconds = bound === '+Inf' ? Infinity : Number(bound) * 1_000;
      total.set(milliseconds, (total.get(milliseconds) ?? 0) + Number(answers));
    }
  }
  if (total.size === 0) throw new Error('The nodes do not say how long answers wait');
  return Array.from(total, ([bound, answers]) => ({ bound, answers }));
}

/** The waits that came after the first look. */
export function waitsBetween(before: Waits, after: Waits): Waits {
  return after.map(({ bound, answers }, index) => ({ bound, answers: answers - (before[index]?.answers ?? 0) }));
}

/** The wait that this share of the answers did not exceed, milliseconds: within its bucket in proportion. */
export function quantileOf(waits: Waits, share: number): number {
  const wanted = share * (waits.at(-1)?.answers ?? 0);
  let below = { bound: 0, answers: 0 };
  for (const bucket of waits) {
    if (bucket.answers >= wanted && bucket.answers > below.answers) {
      if (bucket.bound === Infinity) return below.bound;
      const part = (wanted - below.answers) / (bucket.answers - below.answers);
      return below.bound + part * (bucket.bound - below.bound);
    }
    below = bucket;
  }
  return 0;
}
