import { setTimeout as sleep } from 'node:timers/promises';
import type { ParkedKey, ParkedKeys } from '#event-relay';
import { whereAway } from '../where-away.js';

/** What became of a wish. */
export type Settlement =
  | { readonly outcome: 'published' }
  | { readonly outcome: 'parked-again'; readonly at: ParkedKey }
  /** It stays written down. */
  | { readonly outcome: 'not-yet' };

/** Milliseconds. */
const lookEvery = 100;

/** Waits until a relay has carried out what was asked of a key, or the time is up. A memory that is away is asked again. */
export async function awaitSettlement(
  keys: Pick<ParkedKeys, 'list'>,
  key: string,
  withinMs: number,
): Promise<Settlement> {
  for (const deadline = performance.now() + withinMs; ; await sleep(lookEvery)) {
    const listed = await keys.list().catch(whereAway(undefined));
    const at = listed?.find((parked) => parked.key === key);
    if (listed && !at) return { outcome: 'published' };
    if (at && at.request === undefined) return { outcome: 'parked-again', at };
    if (performance.now() >= deadline) return { outcome: 'not-yet' };
  }
}
