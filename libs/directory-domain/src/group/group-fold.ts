import { abandon, giveUp, takeUp } from '../name-claim/claim-ledger.js';
import { applyProfileChange } from '../profile/profile-change.js';
import { absentResource, type ProvisionedState, type UnprovisionedState } from '../resource-state.js';
import type { GroupEvent } from './group-events.js';

/** Knows nothing of members: a group may have a hundred thousand, and no decision needs more than the ids it is about. */
export type ProvisionedGroup = ProvisionedState;

export type GroupState = UnprovisionedState | ProvisionedGroup;

export const absentGroup: GroupState = absentResource;

/** @param at when the event occurred, milliseconds since the Unix epoch. */
export function evolveGroup(state: GroupState, event: GroupEvent, at: number): GroupState {
  if (event.type === 'NameClaimAbandoned') return { ...state, claims: abandon(state.claims, event.data.claimId) };
  if (event.type === 'GroupProvisioned') {
    const { attributes, nameClaim } = event.data;
    return {
      status: 'provisioned',
      claims: takeUp(state.claims, nameClaim),
      attributes,
      created: at,
      lastModified: at,
    };
  }
  if (state.status !== 'provisioned') return state;
  switch (event.type) {
    case 'GroupProfileChanged':
      return {
        ...state,
        claims: event.data.nameClaim ? takeUp(state.claims, event.data.nameClaim) : state.claims,
        attributes: applyProfileChange(state.attributes, event.data),
        lastModified: at,
      };
    case 'GroupMembershipChanged':
      return { ...state, lastModified: at };
    case 'GroupDeprovisioned':
      return { status: 'deprovisioned', claims: giveUp(state.claims) };
  }
}
