export { type Decision } from './decision.js';
export {
  type ChangeGroup,
  type ProvisionGroup,
  changeGroup,
  deprovisionGroup,
  provisionGroup,
} from './group/group-decisions.js';
export type { GroupAttributes, GroupEvent, GroupMember } from './group/group-events.js';
export { type GroupState, type ProvisionedGroup, absentGroup, evolveGroup } from './group/group-fold.js';
export { type MembershipStep, idsConcerned, membersChanged } from './group/membership-change.js';
export { type ClaimVerdict, claimVerdict } from './name-claim/claim-ledger.js';
export type { NameClaim, NameClaimAbandoned, NameClaimEvent, NameKind } from './name-claim/name-claim-events.js';
export { type ProfileChange, applyProfileChange } from './profile/profile-change.js';
export type { ResourceState } from './resource-state.js';
export {
  type ChangeUser,
  type ProvisionUser,
  changeUser,
  deprovisionUser,
  provisionUser,
} from './user/user-decisions.js';
export type { UserAttributes, UserEvent } from './user/user-events.js';
export { type ProvisionedUser, type UserState, absentUser, evolveUser } from './user/user-fold.js';
