import { describe, expect, it } from '@jest/globals';
import { type JsonObject } from '#kernel';
import { readAttribute, writeAttribute } from './attribute-path.js';

const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const paths = [
  'title',
  'name.givenName',
  'phoneNumbers[type eq "fax"].value',
  `${urn}:department`,
  `${urn}:manager.value`,
];

describe('a mapping target', () => {
  it('reads back what was written there', () => {
    const resource: JsonObject = {};
    for (const path of paths) writeAttribute(resource, path, path);
    expect(paths.map((path) => readAttribute(resource, path))).toEqual(paths);
    expect(resource[urn]).toEqual({ department: `${urn}:department`, manager: { value: `${urn}:manager.value` } });
  });

  it('puts several values of one element type into one element', () => {
    const resource: JsonObject = {};
    writeAttribute(resource, 'addresses[type eq "work"].locality', 'Lund');
    writeAttribute(resource, 'addresses[type eq "work"].country', 'Sweden');
    expect(resource).toEqual({ addresses: [{ type: 'work', locality: 'Lund', country: 'Sweden' }] });
  });

  it('reads nothing where the resource has another shape or null', () => {
    const odd: JsonObject = { title: null, name: 'Mia', phoneNumbers: 'none', [urn]: { manager: 'u-2' } };
    for (const path of paths) expect(readAttribute(odd, path)).toBeUndefined();
  });
});
