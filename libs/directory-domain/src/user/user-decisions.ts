import type { ResourceId } from '#kernel';
import { type Decision, accepted, acceptedOrUnchanged, rejected, unchanged } from '../decision.js';
import { claimVerdict } from '../name-claim/claim-ledger.js';
import type { NameClaim } from '../name-claim/name-claim-events.js';
import { profileChange } from '../profile/profile-change.js';
import type { UserAttributes, UserEvent } from './user-events.js';
import type { UserState } from './user-fold.js';

export interface ProvisionUser {
  readonly userId: ResourceId;
  /** With `userName`. An absent `active` becomes true. */
  readonly attributes: UserAttributes;
  readonly nameClaim: NameClaim;
}

/** Provisions a user under an id that was never used. */
export function provisionUser(
  state: UserState,
  command: ProvisionUser,
): Decision<UserEvent, 'id-in-use' | 'claim-void'> {
  const { userId, nameClaim } = command;
  const verdict = claimVerdict(state.claims, nameClaim.claimId);
  if (verdict === 'held') return unchanged;
  if (state.status !== 'absent') return rejected('id-in-use');
  if (verdict === 'void') return rejected('claim-void');
  const attributes = withActive(command.attributes);
  return accepted([{ type: 'UserProvisioned', data: { userId, attributes, nameClaim } }]);
}

/** Attributes keep their order, in which they can be shown as they are. */
function withActive(attributes: UserAttributes): UserAttributes {
  return attributes['active'] === undefined ? { ...attributes, active: true } : attributes;
}

export interface ChangeUser {
  readonly userId: ResourceId;
  /** The whole of what the user shall have; what is missing gets unassigned. */
  readonly attributes: UserAttributes;
  /** A fresh claim where the user name changes to another name, absent where it stays or only its spelling changes. */
  readonly nameClaim?: NameClaim;
}

/** Changes a user to have exactly these attributes. Only an explicit `active: true` ever enables. */
export function changeUser(state: UserState, command: ChangeUser): Decision<UserEvent, 'no-such-user' | 'claim-void'> {
  if (state.status !== 'provisioned') return rejected('no-such-user');
  const { userId, attributes, nameClaim } = command;
  const verdict = nameClaim && claimVerdict(state.claims, nameClaim.claimId);
  if (verdict === 'void') return rejected('claim-void');
  const movesName = verdict === 'undecided';

  const active = attributes['active'];
  const turns = typeof active === 'boolean' && active !== state.enabled;
  const target = turns ? withActiveOf(attributes, state.attributes) : attributes;
  const change = profileChange(state.attributes, target);

  const events: UserEvent[] = [];
  if (change || movesName) {
    const data = { userId, ...(change ?? { assigned: {}, unassigned: [] }), ...(movesName && { nameClaim }) };
    events.push({ type: 'UserProfileChanged', data });
  }
  if (turns) events.push({ type: active ? 'UserReactivated' : 'UserDeactivated', data: { userId } });
  return acceptedOrUnchanged(events);
}

/** Leaves `active` to the event that turns it, so that one fact is told once. */
function withActiveOf(attributes: UserAttributes, current: UserAttributes): UserAttributes {
  const { active: _, ...others } = attributes;
  return current['active'] === undefined ? others : { ...others, active: current['active'] };
}

/** Ends a user for good: the id and its stream are never used again, the name is free. */
export function deprovisionUser(state: UserState, userId: ResourceId): Decision<UserEvent, 'no-such-user'> {
  if (state.status !== 'provisioned') return rejected('no-such-user');
  return accepted([{ type: 'UserDeprovisioned', data: { userId } }]);
}
