import { attribute, complex, reference } from './define-attribute.js';
import type { SchemaDefinition } from './schema-definition.js';

export const groupSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';

/** Characters. Memberships are looked up by it, and the indexes of databases hold no more than a few kilobytes. */
const longestMemberId = 512;

/** RFC 7643 sections 4.2 and 8.7.1, with `externalId` and with a display name that is unique, as Entra expects it. */
export const groupSchema: SchemaDefinition = {
  id: groupSchemaUrn,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('externalId', "The resource's identifier in the provisioning client.", { caseExact: true }),
    attribute('displayName', 'The unique name of the group.', { required: true, uniqueness: 'server' }),
    complex(
      'members',
      'The users and groups that belong to the group.',
      [
        attribute('value', 'The identifier of the member.', {
          mutability: 'immutable',
          caseExact: true,
          longest: longestMemberId,
        }),
        reference('$ref', 'The address of the member.', ['User', 'Group'], { mutability: 'immutable' }),
        attribute('type', 'The resource type of the member.', {
          mutability: 'immutable',
          canonicalValues: ['User', 'Group'],
        }),
        attribute('display', 'A label of the member for people to read.', { mutability: 'immutable' }),
      ],
      { multiValued: true },
    ),
  ],
};
