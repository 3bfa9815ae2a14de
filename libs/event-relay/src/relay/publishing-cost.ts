import { membersChanged } from '#directory-domain';
import type { EventCost } from '#projections';

/** Messages that an event leads to; the end of a group, whose members nobody has counted, is taken for one. */
export const publishingCost: EventCost = ({ event }) => 1 + membersChanged(event);
