export {
  type GroupAttributes,
  type GroupEvent,
  type GroupMember,
  largestMembershipEvent,
} from './group/group-events.js';
export type { NameClaim, NameClaimAbandoned, NameClaimEvent, NameKind } from './name-claim/name-claim-events.js';
export type { ProfileChange, UserAttributes, UserEvent } from './user/user-events.js';
