import type { ResourceId } from '#kernel';
import type { NameClaimEvent } from '../name-claim/name-claim-events.js';
import type { UserEvent } from '../user/user-events.js';
import { type GroupEvent, type GroupMember, largestMembershipEvent } from './group-events.js';

/** One step of a membership command, in the order the client gave them. */
export type MembershipStep =
  | { readonly kind: 'add'; readonly members: readonly GroupMember[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] };

/** Every id a list of steps is about: what has to be known of the current members to decide. */
export function idsConcerned(steps: readonly MembershipStep[]): Set<string> {
  const ids = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'add') for (const member of step.members) ids.add(member.value);
    else for (const id of step.ids) ids.add(id);
  }
  return ids;
}

/**
 * The net effect of the steps on a group of which `present` is known to be members: adding a member or removing a
 * stranger changes nothing, and adding and then removing the same id in one command leaves it out.
 */
export function membershipEvents(
  groupId: ResourceId,
  steps: readonly MembershipStep[],
  present: ReadonlySet<string>,
): GroupEvent[] {
  const added = new Map<string, GroupMember>();
  const removed = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'add') {
      for (const member of step.members) {
        if (present.has(member.value)) removed.delete(member.value);
        else if (!added.has(member.value)) added.set(member.value, member);
      }
    } else {
      for (const id of step.ids) {
        if (present.has(id)) removed.add(id);
        else added.delete(id);
      }
    }
  }
  return inEvents(groupId, [...added.values()], [...removed]);
}

/** How many members come or go with an event. */
export function membersChanged(event: GroupEvent | UserEvent | NameClaimEvent): number {
  return event.type === 'GroupMembershipChanged' ? event.data.added.length + event.data.removed.length : 0;
}

function inEvents(groupId: ResourceId, added: readonly GroupMember[], removed: readonly string[]): GroupEvent[] {
  const events: GroupEvent[] = [];
  for (let start = 0; start < added.length + removed.length; start += largestMembershipEvent) {
    const end = start + largestMembershipEvent;
    const data = {
      groupId,
      added: added.slice(start, end),
      removed: removed.slice(Math.max(0, start - added.length), Math.max(0, end - added.length)),
    };
    events.push({ type: 'GroupMembershipChanged', data });
  }
  return events;
}
