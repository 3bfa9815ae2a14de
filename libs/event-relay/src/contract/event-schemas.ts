import type { GroupEvent, UserEvent } from '#directory-domain';
import { described, type JsonSchema, listOf, record, text } from './json-schema.js';

/** What the contract says of one type of event. */
export interface EventContract {
  readonly summary: string;
  readonly data: JsonSchema;
}

const userId = described('Id of the user; never used again.', text);
const groupId = described('Id of the group; never used again.', text);

export const userAttributes = described(
  'SCIM attributes as the client wrote them, those of an extension in an object under its schema URN.',
  { ...record({ userName: text }), additionalProperties: true },
);
export const groupAttributes = described(
  'SCIM attributes as the client wrote them, without members; those of an extension in an object under its schema URN.',
  { ...record({ displayName: text }), additionalProperties: true },
);
export const member = described(
  'Who is in the group, as the client wrote it. The id is that of a user or group, known to this product or not.',
  record({ value: text }, { type: text, display: text }),
);

const assigned = described(
  'Attributes that were given a value, each with its whole value: a core attribute by its name, an extension attribute as <URN>:<name>.',
  { type: 'object', additionalProperties: true },
);
const unassigned = described('Attributes that have no value any more, named in the same way.', listOf(text));

/** By the domain's name, each in the version written today. */
export const eventContracts: { readonly [Name in (UserEvent | GroupEvent)['type']]: EventContract } = {
  UserProvisioned: {
    summary: 'The user exists from here on; it may come in unless active is false.',
    data: record({ userId, attributes: userAttributes }),
  },
  UserProfileChanged: {
    summary: 'Attributes of the user changed. Never enables or disables.',
    data: record({ userId, assigned, unassigned }),
  },
  UserDeactivated: {
    summary: 'The user may not come in any more; its memberships stay.',
    data: record({ userId }),
  },
  UserReactivated: { summary: 'The user may come in again.', data: record({ userId }) },
  UserDeprovisioned: {
    summary: 'The user is gone for good. Its memberships end by events of the groups.',
    data: record({ userId }),
  },
  GroupProvisioned: {
    summary: 'The group exists from here on, without members.',
    data: record({ groupId, attributes: groupAttributes }),
  },
  GroupProfileChanged: {
    summary: 'Attributes of the group changed.',
    data: record({ groupId, assigned, unassigned }),
  },
  GroupMembershipChanged: {
    summary: 'Who came into the group and who went; nobody who was in already or out already.',
    data: record({
      groupId,
      added: listOf(member),
      removed: described('Ids of the members that went.', listOf(text)),
    }),
  },
  GroupDeprovisioned: {
    summary: 'The group is gone for good, and every membership in it with it.',
    data: record({ groupId }),
  },
  NameClaimAbandoned: {
    summary: 'Nothing of the resource changed. Published so that revisions are contiguous.',
    data: record({}),
  },
};
