import { describe, expect, it } from '@jest/globals';
import { ok } from '#kernel';
import { readSchemaRegistry } from '#scim-protocol';
import { neverReturned } from './never-returned.js';

const urn = 'urn:example:scim:schemas:extension:acme:2.0:User';
const registry = readSchemaRegistry({ SCIM_SCHEMAS: 'schemas.json' }, () =>
  ok([
    {
      resourceType: 'User',
      schema: {
        id: urn,
        name: 'AcmeUser',
        description: 'What Acme needs to know of a person',
        attributes: [
          { name: 'badge', type: 'string' },
          { name: 'pin', type: 'string', returned: 'never' },
          {
            name: 'door',
            type: 'complex',
            subAttributes: [
              { name: 'name', type: 'string' },
              { name: 'code', type: 'string', returned: 'never' },
            ],
          },
        ],
      },
    },
  ]),
);

describe('what is not published', () => {
  it('is what a schema never returns, in whole or in a part', () => {
    if (!registry.ok) throw new Error(registry.error.join(' '));
    expect(neverReturned(registry.value)).toEqual([
      { extension: urn, attribute: 'pin' },
      { extension: urn, attribute: 'door' },
    ]);
  });
});
