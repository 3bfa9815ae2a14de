import type { EventCost } from '#projections';

/** Rows an event writes: one, or one for every member that comes or goes. */
export const eventCost: EventCost = ({ event }) =>
  event.type === 'GroupMembershipChanged' ? 1 + event.data.added.length + event.data.removed.length : 1;
