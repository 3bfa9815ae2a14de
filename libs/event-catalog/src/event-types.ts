import type { JsonObject } from '#kernel';
import type { DirectoryEvent } from './directory-event.js';

/** Brings stored data of one schema version to the next. Pure and total. */
export type Upcaster = (data: JsonObject) => JsonObject;

/** How an event of the domain is stored. */
export interface EventType {
  /** Stable for ever; a change of meaning is another type. */
  readonly storedAs: string;
  /** The version written today, from 1. An added optional field needs no other version. */
  readonly version: number;
  /** For every earlier version, at index `version - 1`, the step to the one after it. */
  readonly upcasters: readonly Upcaster[];
}

/** Every type of event the log can hold, by the domain's name for it. docs/event-catalogue.md describes them. */
export const eventTypes: { readonly [Name in DirectoryEvent['type']]: EventType } = {
  UserProvisioned: { storedAs: 'user.provisioned', version: 1, upcasters: [] },
  UserProfileChanged: { storedAs: 'user.profile-changed', version: 1, upcasters: [] },
  UserDeactivated: { storedAs: 'user.deactivated', version: 1, upcasters: [] },
  UserReactivated: { storedAs: 'user.reactivated', version: 1, upcasters: [] },
  UserDeprovisioned: { storedAs: 'user.deprovisioned', version: 1, upcasters: [] },
  GroupProvisioned: { storedAs: 'group.provisioned', version: 1, upcasters: [] },
  GroupProfileChanged: { storedAs: 'group.profile-changed', version: 1, upcasters: [] },
  GroupMembershipChanged: { storedAs: 'group.membership-changed', version: 1, upcasters: [] },
  GroupDeprovisioned: { storedAs: 'group.deprovisioned', version: 1, upcasters: [] },
  NameClaimed: { storedAs: 'name.claimed', version: 1, upcasters: [] },
  NameReleased: { storedAs: 'name.released', version: 1, upcasters: [] },
  NameClaimAbandoned: { storedAs: 'name.claim-abandoned', version: 1, upcasters: [] },
};
