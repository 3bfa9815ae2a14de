import type { JsonObject, ResourceId } from '#kernel';
import type { NameClaim, NameClaimAbandoned } from '../name-claim/name-claim-events.js';
import type { ProfileChange } from '../profile/profile-change.js';

/** Attributes without `members`. Holds `displayName` always. */
export type GroupAttributes = JsonObject;

/** A member as the client wrote it. `value` is the id of a user or group, known to this server or not. */
export interface GroupMember {
  readonly value: string;
  readonly type?: string;
  readonly display?: string;
}

/** Most ids in one `GroupMembershipChanged`; a larger change is several events in one append. */
export const largestMembershipEvent = 500;

/** Events of a group's stream. This is the storage format (docs/event-catalogue.md). */
export type GroupEvent =
  | {
      readonly type: 'GroupProvisioned';
      readonly data: {
        readonly groupId: ResourceId;
        readonly attributes: GroupAttributes;
        readonly nameClaim: NameClaim;
      };
    }
  | {
      readonly type: 'GroupProfileChanged';
      /** `nameClaim` is there exactly when the display name moved to another claim. */
      readonly data: ProfileChange & { readonly groupId: ResourceId; readonly nameClaim?: NameClaim };
    }
  | {
      readonly type: 'GroupMembershipChanged';
      /** No id is in both lists, none twice. */
      readonly data: {
        readonly groupId: ResourceId;
        readonly added: readonly GroupMember[];
        readonly removed: readonly string[];
      };
    }
  | { readonly type: 'GroupDeprovisioned'; readonly data: { readonly groupId: ResourceId } }
  | NameClaimAbandoned;
