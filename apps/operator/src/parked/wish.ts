import type { ParkedKeys } from '#event-relay';

/** What an operator wants done about a parked key. A drop names the event that is given up. */
export type Wish =
  | { readonly verb: 'retry'; readonly key: string }
  | { readonly verb: 'drop'; readonly key: string; readonly eventId: string };

/** Writes it down for the relay. @returns whether the key is parked, at that event where one is named. */
export function noteWish(keys: ParkedKeys, wish: Wish): Promise<boolean> {
  return wish.verb === 'retry' ? keys.retry(wish.key) : keys.drop(wish.key, wish.eventId);
}
