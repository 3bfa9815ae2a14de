/**
 * What a decision comes to. `unchanged` appends nothing: the directory already is as the command wants it, which is what
 * makes repeated requests free.
 */
export type Decision<Event, Reason> =
  | { readonly outcome: 'accepted'; readonly events: readonly Event[] }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'rejected'; readonly reason: Reason };

export const unchanged = { outcome: 'unchanged' } as const;

export function accepted<Event>(events: readonly Event[]): {
  readonly outcome: 'accepted';
  readonly events: readonly Event[];
} {
  return { outcome: 'accepted', events };
}

export function rejected<Reason>(reason: Reason): { readonly outcome: 'rejected'; readonly reason: Reason } {
  return { outcome: 'rejected', reason };
}

/** Accepts what there is to record, or says that nothing changes. */
export function acceptedOrUnchanged<Event>(events: readonly Event[]): Decision<Event, never> {
  return events.length === 0 ? unchanged : accepted(events);
}
