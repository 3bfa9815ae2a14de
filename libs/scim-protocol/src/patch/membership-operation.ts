import type { ResolvedValueFilter } from '../filter/filter.js';

/** A member as a client wrote it. `value` is the id of a user or group, known to this server or not. */
export interface GroupMemberInput {
  readonly value: string;
  readonly type?: string;
  readonly display?: string;
}

/** What an operation does to the members of a group, without knowing who they are. No id stands twice in a list. */
export type MembershipOperation =
  | { readonly kind: 'add'; readonly members: readonly GroupMemberInput[] }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  /** These and no others; never empty. */
  | { readonly kind: 'replace'; readonly members: readonly GroupMemberInput[] }
  | { readonly kind: 'remove-all' }
  | { readonly kind: 'remove-matching'; readonly filter: ResolvedValueFilter };
