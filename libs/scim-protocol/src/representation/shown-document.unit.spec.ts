import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import { attribute, complex } from '../schema/define-attribute.js';
import { enterpriseUserSchemaUrn } from '../schema/enterprise-user-schema.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import { readResource } from './read-resource.js';
import { shownDocument } from './shown-document.js';
import { enterpriseUser, fullUser } from './testing/rfc-7643-resources.js';

const lockerUrn = 'urn:acme:scim:locker';
const hidden = { returned: 'never', mutability: 'writeOnly' } as const;
const registry = new SchemaRegistry([
  {
    resourceType: 'User',
    required: false,
    schema: {
      id: lockerUrn,
      name: 'Locker',
      description: '',
      attributes: [
        attribute('pin', '', hidden),
        complex('lock', '', [attribute('code', '', hidden), attribute('colour', '')]),
      ],
    },
  },
]);

const documentOf = (body: object): JsonObject => {
  const read = readResource(registry, 'User', { userName: 'ada', ...body });
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
};
const shown = (document: JsonObject) => shownDocument(registry, 'User', document);

function reversed(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(reversed);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, reversed(part)] as const)
      .reverse(),
  );
}

describe('what a document shows', () => {
  it.each([fullUser, enterpriseUser])('is the very document that was read', (body) => {
    const document = documentOf(body);
    expect(shown(document)).toBe(document);
  });

  it('has one order, whatever order the document has', () => {
    const names = ['emails', 'name', 'title', 'phoneNumbers', 'displayName', 'active', enterpriseUserSchemaUrn];
    const document = documentOf({ ...fullUser, ...enterpriseUser });
    fc.assert(
      fc.property(fc.shuffledSubarray(names), (first) => {
        const shuffled: JsonObject = {};
        for (const name of [...first, ...Object.keys(document)]) {
          if (document[name] !== undefined) shuffled[name] = reversed(document[name]);
        }
        expect(JSON.stringify(shown(shuffled))).toBe(JSON.stringify(document));
      }),
    );
  });

  it('lacks what is never returned, and what has nothing else in it', () => {
    const locker = { pin: '1234', lock: { code: '99', colour: 'red' } };
    const user = documentOf({ [lockerUrn]: locker });
    expect(user[lockerUrn]).toEqual(locker);
    expect(shown(user)).toEqual({ userName: 'ada', [lockerUrn]: { lock: { colour: 'red' } } });
    expect(shown(documentOf({ [lockerUrn]: { pin: '1234', lock: { code: '99' } } }))).toEqual({ userName: 'ada' });
  });
});
