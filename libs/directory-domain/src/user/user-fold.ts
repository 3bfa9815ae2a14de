import { abandon, giveUp, takeUp } from '../name-claim/claim-ledger.js';
import { applyProfileChange } from '../profile/profile-change.js';
import { absentResource, type ProvisionedState, type UnprovisionedState } from '../resource-state.js';
import type { UserEvent } from './user-events.js';

/**
 * `enabled` is whether the person may come in; `attributes.active` is its echo and may be unassigned by a client without
 * enabling or disabling anybody.
 */
export interface ProvisionedUser extends ProvisionedState {
  readonly enabled: boolean;
}

export type UserState = UnprovisionedState | ProvisionedUser;

export const absentUser: UserState = absentResource;

/** @param at when the event occurred, milliseconds since the Unix epoch. */
export function evolveUser(state: UserState, event: UserEvent, at: number): UserState {
  if (event.type === 'NameClaimAbandoned') return { ...state, claims: abandon(state.claims, event.data.claimId) };
  if (event.type === 'UserProvisioned') {
    const { attributes, nameClaim } = event.data;
    return {
      status: 'provisioned',
      claims: takeUp(state.claims, nameClaim),
      attributes,
      enabled: attributes['active'] !== false,
      created: at,
      lastModified: at,
    };
  }
  if (state.status !== 'provisioned') return state;
  switch (event.type) {
    case 'UserProfileChanged':
      return {
        ...state,
        claims: event.data.nameClaim ? takeUp(state.claims, event.data.nameClaim) : state.claims,
        attributes: applyProfileChange(state.attributes, event.data),
        lastModified: at,
      };
    case 'UserDeactivated':
      return { ...state, enabled: false, attributes: { ...state.attributes, active: false }, lastModified: at };
    case 'UserReactivated':
      return { ...state, enabled: true, attributes: { ...state.attributes, active: true }, lastModified: at };
    case 'UserDeprovisioned':
      return { status: 'deprovisioned', claims: giveUp(state.claims) };
  }
}
