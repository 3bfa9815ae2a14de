import type { JsonObject, ResourceId } from '#kernel';
import type { NameClaim, NameClaimAbandoned } from '../name-claim/name-claim-events.js';
import type { ProfileChange } from '../profile/profile-change.js';

/**
 * Attributes as the client wrote them, in the canonical form of `ResourceDocument`: core attributes by name, extension
 * attributes in an object under their schema's URN. Holds `userName` always and `active` once it is known.
 */
export type UserAttributes = JsonObject;

/** Events of a user's stream. This is the storage format (docs/event-catalogue.md). */
export type UserEvent =
  | {
      readonly type: 'UserProvisioned';
      readonly data: {
        readonly userId: ResourceId;
        readonly attributes: UserAttributes;
        readonly nameClaim: NameClaim;
      };
    }
  | {
      readonly type: 'UserProfileChanged';
      /** `nameClaim` is there exactly when the user name moved to another claim. Never enables or disables. */
      readonly data: ProfileChange & { readonly userId: ResourceId; readonly nameClaim?: NameClaim };
    }
  | { readonly type: 'UserDeactivated'; readonly data: { readonly userId: ResourceId } }
  | { readonly type: 'UserReactivated'; readonly data: { readonly userId: ResourceId } }
  | { readonly type: 'UserDeprovisioned'; readonly data: { readonly userId: ResourceId } }
  | NameClaimAbandoned;
