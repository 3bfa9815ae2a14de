import { membersChanged } from '#directory-domain';
import type { EventCost } from '#projections';

/** Rows an event writes: one, and one for every member that comes or goes. */
export const eventCost: EventCost = ({ event }) => 1 + membersChanged(event);
