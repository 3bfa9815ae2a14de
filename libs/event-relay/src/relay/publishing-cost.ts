import type { EventCost } from '#projections';

/** Messages that an event leads to; the end of a group, whose members nobody has counted, is taken for one. */
export const publishingCost: EventCost = ({ event }) =>
  event.type === 'GroupMembershipChanged' ? 1 + event.data.added.length + event.data.removed.length : 1;
