import { allBut } from '#projections';

/** Which stored events can make a membership end that has not ended by itself: ends of members, and additions. */
export const concernsMembershipEnd = allBut(
  'UserProvisioned',
  'UserProfileChanged',
  'UserDeactivated',
  'UserReactivated',
  'GroupProvisioned',
  'GroupProfileChanged',
  'NameClaimed',
  'NameReleased',
  'NameClaimAbandoned',
);
