import fc from 'fast-check';
import type { JsonValue } from '#kernel';
import { enterpriseUrn, groupUrn, userUrn } from '../support/directory-requests.js';
import { attributePath, filterText, patchPath } from './arbitrary-filter.js';
import type { Cast } from './cast.js';
import { hostileText, hostileValue } from './hostile-values.js';

/** Bodies as they should be, by what they are for. */
export interface CorrectBodies {
  readonly user: fc.Arbitrary<JsonValue>;
  readonly group: fc.Arbitrary<JsonValue>;
  readonly patch: fc.Arbitrary<JsonValue>;
  readonly search: fc.Arbitrary<JsonValue>;
  readonly bulk: fc.Arbitrary<JsonValue>;
}

/** The texts of their values are hostile now and then, the rest is in order. @param cast who is written about */
export function correctBodies(cast: Cast): CorrectBodies {
  const text = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('Mia', 'Lind', 'a') }, hostileText);
  const name = fc.oneof({ weight: 3, arbitrary: fc.uuid() }, { weight: 1, arbitrary: cast.anyName }, hostileText);
  const members = fc.array(fc.record({ value: cast.anyId }), { maxLength: 3 });
  const values = fc.array(fc.record({ value: text, type: text, primary: fc.boolean() }, { requiredKeys: ['value'] }), {
    maxLength: 3,
  });
  const user = fc.record(
    {
      schemas: fc.constantFrom<string[]>([userUrn], [userUrn, enterpriseUrn]),
      userName: name,
      externalId: text,
      active: fc.boolean(),
      name: fc.record({ givenName: text, familyName: text }),
      emails: values,
      roles: values,
      [enterpriseUrn]: fc.record({ department: text, manager: fc.record({ value: cast.anyId }) }),
    },
    { requiredKeys: ['schemas', 'userName'] },
  ) as fc.Arbitrary<JsonValue>;
  const group = fc.record(
    { schemas: fc.constant<string[]>([groupUrn]), displayName: name, externalId: text, members },
    { requiredKeys: ['schemas', 'displayName'] },
  ) as fc.Arbitrary<JsonValue>;
  const operation = fc.oneof(
    fc.record(
      {
        op: fc.constantFrom('add', 'Add', 'replace', 'Replace', 'remove', 'REMOVE'),
        path: patchPath,
        value: fc.oneof(text, members, values, fc.constantFrom(true, 'False', null), hostileValue),
      },
      { requiredKeys: ['op'] },
    ),
    fc.record({ op: fc.constantFrom('add', 'replace'), value: fc.oneof(user, group) }),
    fc.record({ op: fc.constantFrom('Add', 'Remove'), path: fc.constant('members'), value: members }),
  );
  const patch = fc.record({
    schemas: fc.constant<string[]>(['urn:ietf:params:scim:api:messages:2.0:PatchOp']),
    Operations: fc.array(operation, { minLength: 1, maxLength: 4 }),
  }) as fc.Arbitrary<JsonValue>;
  return { user, group, patch, search, bulk: correctBulk(cast, { user, group, patch }) };
}

const search = fc.record(
  {
    schemas: fc.constant<string[]>(['urn:ietf:params:scim:api:messages:2.0:SearchRequest']),
    filter: filterText,
    attributes: fc.array(attributePath, { maxLength: 3 }),
    excludedAttributes: fc.array(attributePath, { maxLength: 3 }),
    sortBy: attributePath,
    sortOrder: fc.constantFrom('ascending', 'descending'),
    startIndex: fc.integer({ min: -1, max: 4 }),
    count: fc.integer({ min: -1, max: 4 }),
    cursor: fc.constantFrom('', 'AAAA', 'eyJhIjoxfQ'),
  },
  { requiredKeys: ['schemas'] },
) as fc.Arbitrary<JsonValue>;

function correctBulk(cast: Cast, { user, group, patch }: Pick<CorrectBodies, 'user' | 'group' | 'patch'>) {
  const bulkId = fc.constantFrom('a', 'b', 'c');
  const members = fc.array(fc.record({ value: bulkId.map((id) => `bulkId:${id}`) }), { maxLength: 3 });
  const circular = fc.record({ displayName: fc.uuid(), members });
  const target = fc.oneof(
    cast.anyPath,
    bulkId.map((id) => `/Groups/bulkId:${id}`),
  );
  const version = fc.constantFrom('W/"0"', 'W/"1"', '*');
  const operation = fc.oneof(
    fc.record({ method: fc.constant('POST'), path: fc.constant('/Users'), bulkId, data: user }),
    fc.record({ method: fc.constant('POST'), path: fc.constant('/Groups'), bulkId, data: fc.oneof(group, circular) }),
    fc.record(
      { method: fc.constant('PATCH'), path: target, data: patch, version },
      { requiredKeys: ['method', 'path', 'data'] },
    ),
    fc.record({ method: fc.constantFrom('PUT', 'DELETE', 'GET'), path: target, data: fc.oneof(user, group) }),
  );
  return fc.record(
    {
      schemas: fc.constant<string[]>(['urn:ietf:params:scim:api:messages:2.0:BulkRequest']),
      failOnErrors: fc.integer({ min: 1, max: 3 }),
      Operations: fc.array(operation, { maxLength: 5 }),
    },
    { requiredKeys: ['schemas', 'Operations'] },
  ) as fc.Arbitrary<JsonValue>;
}
