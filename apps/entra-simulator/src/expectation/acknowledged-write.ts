import { type AttributeValue, type AttributeValues } from '../wire/attribute-map.js';

/**
 * A write the server answered with success, and what it promised by that. The expected state of the whole directory is
 * the fold of these in the order they were acknowledged.
 */
export type AcknowledgedWrite =
  /** Made, or found by its matching attribute and brought into this state. */
  | { readonly kind: 'user-provisioned'; readonly id: string; readonly expectedState: AttributeValues }
  /** The attributes named changed, the others did not; undefined means cleared. */
  | {
      readonly kind: 'user-changed';
      readonly id: string;
      readonly expectedState: ReadonlyMap<string, AttributeValue | undefined>;
    }
  | { readonly kind: 'user-deleted'; readonly id: string; readonly expectedState: undefined }
  | { readonly kind: 'group-provisioned'; readonly id: string; readonly expectedState: ExpectedNewGroup }
  | { readonly kind: 'group-renamed'; readonly id: string; readonly expectedState: { readonly displayName: string } }
  | { readonly kind: 'group-deleted'; readonly id: string; readonly expectedState: undefined }
  | { readonly kind: 'members-added'; readonly id: string; readonly expectedState: MembersNamed }
  | { readonly kind: 'members-removed'; readonly id: string; readonly expectedState: MembersNamed };

/** A write to a resource whose id is known: it may get no answer and still have happened. */
export type DoubtfulWrite = Exclude<AcknowledgedWrite, { readonly kind: 'user-provisioned' | 'group-provisioned' }>;

export interface ExpectedNewGroup {
  readonly displayName: string;
  readonly externalId: string | undefined;
  /** Who was in it before: nobody, unless the group was there already. */
  readonly members: readonly string[];
}

/** The members a PATCH was about, by user id; the group's other members stay as they are. */
export interface MembersNamed {
  readonly members: readonly string[];
}
