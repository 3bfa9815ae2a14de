import { attribute, complex, reference } from './define-attribute.js';
import type { AttributeDefinition } from './schema-definition.js';

const readOnly = { mutability: 'readOnly' } as const;

/** Attributes that every resource has and the server keeps (RFC 7643 section 3.1); no schema lists them. */
export const commonAttributes: readonly AttributeDefinition[] = [
  reference('schemas', 'The schemas the resource is made of.', ['uri'], {
    ...readOnly,
    multiValued: true,
    returned: 'always',
  }),
  attribute('id', 'The identifier the server gave the resource: opaque, never changed, never given again.', {
    ...readOnly,
    caseExact: true,
    returned: 'always',
    uniqueness: 'server',
  }),
  complex(
    'meta',
    'What the server knows about the resource.',
    [
      attribute('resourceType', 'The name of the resource type.', { ...readOnly, caseExact: true }),
      attribute('created', 'When the resource was created.', { ...readOnly, type: 'dateTime' }),
      attribute('lastModified', 'When the resource was last changed.', { ...readOnly, type: 'dateTime' }),
      attribute('version', 'The entity tag of the resource.', { ...readOnly, caseExact: true }),
      reference('location', 'The address of the resource.', ['uri'], readOnly),
    ],
    readOnly,
  ),
];

/** Names no attribute of a schema may have. `externalId` is a common attribute too, but User and Group list it. */
export const reservedAttributeNames: readonly string[] = ['schemas', 'id', 'meta', 'externalId'];
