import type { ResourceId } from '#kernel';
import { type Decision, accepted, acceptedOrUnchanged, rejected, unchanged } from '../decision.js';
import { claimVerdict } from '../name-claim/claim-ledger.js';
import type { NameClaim } from '../name-claim/name-claim-events.js';
import { profileChange } from '../profile/profile-change.js';
import type { GroupAttributes, GroupEvent, GroupMember } from './group-events.js';
import type { GroupState } from './group-fold.js';
import { type MembershipStep, membershipEvents } from './membership-change.js';

export interface ProvisionGroup {
  readonly groupId: ResourceId;
  /** With `displayName`, without `members`. */
  readonly attributes: GroupAttributes;
  readonly members: readonly GroupMember[];
  readonly nameClaim: NameClaim;
}

/** Provisions a group under an id that was never used. */
export function provisionGroup(
  state: GroupState,
  command: ProvisionGroup,
): Decision<GroupEvent, 'id-in-use' | 'claim-void'> {
  const { groupId, attributes, members, nameClaim } = command;
  const verdict = claimVerdict(state.claims, nameClaim.claimId);
  if (verdict === 'held') return unchanged;
  if (state.status !== 'absent') return rejected('id-in-use');
  if (verdict === 'void') return rejected('claim-void');
  return accepted([
    { type: 'GroupProvisioned', data: { groupId, attributes, nameClaim } },
    ...membershipEvents(groupId, [{ kind: 'add', members }], new Set()),
  ]);
}

export interface ChangeGroup {
  readonly groupId: ResourceId;
  /** The whole of what the group shall have besides its members. */
  readonly attributes: GroupAttributes;
  readonly membership: readonly MembershipStep[];
  /** A fresh claim where the display name changes to another name. */
  readonly nameClaim?: NameClaim;
}

/**
 * Changes a group's attributes and members in one step.
 *
 * @param present which of the ids the membership steps speak of are members now; other members need not be known.
 */
export function changeGroup(
  state: GroupState,
  command: ChangeGroup,
  present: ReadonlySet<string>,
): Decision<GroupEvent, 'no-such-group' | 'claim-void'> {
  if (state.status !== 'provisioned') return rejected('no-such-group');
  const { groupId, attributes, membership, nameClaim } = command;
  const verdict = nameClaim && claimVerdict(state.claims, nameClaim.claimId);
  if (verdict === 'void') return rejected('claim-void');
  const movesName = verdict === 'undecided';

  const change = profileChange(state.attributes, attributes);
  const events: GroupEvent[] = [];
  if (change || movesName) {
    const data = { groupId, ...(change ?? { assigned: {}, unassigned: [] }), ...(movesName && { nameClaim }) };
    events.push({ type: 'GroupProfileChanged', data });
  }
  events.push(...membershipEvents(groupId, membership, present));
  return acceptedOrUnchanged(events);
}

/** Ends a group and with it every membership in it. */
export function deprovisionGroup(state: GroupState, groupId: ResourceId): Decision<GroupEvent, 'no-such-group'> {
  if (state.status !== 'provisioned') return rejected('no-such-group');
  return accepted([{ type: 'GroupDeprovisioned', data: { groupId } }]);
}
