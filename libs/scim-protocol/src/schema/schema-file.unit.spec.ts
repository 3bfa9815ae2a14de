import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseSchemaFile } from './schema-file.js';
import { SchemaRegistry } from './schema-registry.js';
import { userSchemaUrn } from './user-schema.js';

const id = 'urn:acme:scim:schemas:extension:badge:2.0:User';

function fileWith(attributes: unknown, schema: object = {}) {
  return [{ resourceType: 'User', schema: { id, attributes, ...schema } }];
}

function mistakesOf(content: unknown): readonly string[] {
  const result = parseSchemaFile(content);
  return result.ok ? [] : result.error;
}

describe('schema file', () => {
  it('takes what is write-only for never returned', () => {
    const parsed = parseSchemaFile(fileWith([{ name: 'pin', mutability: 'writeOnly' }]));
    const [pin] = parsed.ok ? (parsed.value[0]?.schema.attributes ?? []) : [];
    expect(pin).toMatchObject({ mutability: 'writeOnly', returned: 'never' });
    expect(mistakesOf(fileWith([{ name: 'pin', mutability: 'writeOnly', returned: 'default' }]))).toEqual([
      `Extension 1: ${id}: attribute 'pin': what is writeOnly is never returned: leave returned out, or say never.`,
    ]);
  });

  it('takes the parts of what is never returned for never returned', () => {
    const subAttributes = [{ name: 'value' }, { name: 'type', returned: 'default' }];
    const parsed = parseSchemaFile(fileWith([{ name: 'keys', type: 'complex', returned: 'never', subAttributes }]));
    const [keys] = parsed.ok ? (parsed.value[0]?.schema.attributes ?? []) : [];
    expect(keys?.subAttributes?.map(({ returned }) => returned)).toEqual(['never', 'never']);
  });

  it('fills in what a schema leaves out', () => {
    const parsed = parseSchemaFile([
      {
        resourceType: 'User',
        required: true,
        schema: {
          id,
          name: 'Badge',
          attributes: [
            { name: 'number' },
            { name: 'picture', type: 'reference', referenceTypes: ['external'] },
            { name: 'doors', type: 'complex', multiValued: true, subAttributes: [{ name: 'value' }, { name: '$ref' }] },
          ],
        },
      },
    ]);
    const defaults = {
      type: 'string',
      multiValued: false,
      description: '',
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    };
    expect(parsed).toEqual({
      ok: true,
      value: [
        {
          resourceType: 'User',
          required: true,
          schema: {
            id,
            name: 'Badge',
            description: '',
            attributes: [
              { ...defaults, name: 'number' },
              { ...defaults, name: 'picture', type: 'reference', caseExact: true, referenceTypes: ['external'] },
              {
                ...defaults,
                name: 'doors',
                type: 'complex',
                multiValued: true,
                subAttributes: [
                  { ...defaults, name: 'value' },
                  { ...defaults, name: '$ref' },
                ],
              },
            ],
          },
        },
      ],
    });
    const registry = new SchemaRegistry(parsed.ok ? parsed.value : []);
    expect(registry.resolve('User', { schema: id, attribute: 'NUMBER' })?.extension).toBe(id);
  });

  it.each([
    ['no list', {}, 'must hold a list'],
    ['no object', [7], 'Extension 1: it must be an object'],
    ['an unknown resource type', [{ ...fileWith([{ name: 'a' }])[0], resourceType: 'Device' }], "'User' or 'Group'"],
    ['a bad required', [{ ...fileWith([{ name: 'a' }])[0], required: 'yes' }], 'required must be true or false'],
    ['no schema', [{ resourceType: 'User' }], 'schema must be an object'],
    ['a bad URN', fileWith([{ name: 'a' }], { id: 'https://acme.test' }), 'schema.id must be a URN'],
    ['a built-in URN', fileWith([{ name: 'a' }], { id: userSchemaUrn.toUpperCase() }), 'built-in schema'],
    ['a URN twice', [...fileWith([{ name: 'a' }]), ...fileWith([{ name: 'a' }])], 'Extension 2: ' + id],
    ['a bad schema name', fileWith([{ name: 'a' }], { name: 7 }), 'must be texts'],
    ['no attributes', fileWith([]), 'attributes must be a list of at least one'],
    ['an attribute without a name', fileWith([{ type: 'string' }]), 'attributes[0] must be an object with a name'],
    ['a bad name', fileWith([{ name: '1a' }]), "attribute '1a': a name is a letter followed by"],
    ['a reserved name', fileWith([{ name: 'Meta' }]), 'the name is reserved'],
    ['a name every object has', fileWith([{ name: 'constructor' }]), 'the name is reserved'],
    ['a duplicate', fileWith([{ name: 'a' }, { name: 'A' }]), "attribute 'A': the name is used twice"],
    ['an unknown type', fileWith([{ name: 'a', type: 'text' }]), 'type must be string, boolean'],
    ['a bad description', fileWith([{ name: 'a', description: 7 }]), 'description must be a text'],
    ['a bad flag', fileWith([{ name: 'a', caseExact: 'no' }]), 'caseExact must be true or false'],
    ['a bad mutability', fileWith([{ name: 'a', mutability: 'rw' }]), 'mutability must be readOnly'],
    ['what is returned on request', fileWith([{ name: 'a', returned: 'request' }]), 'returned must be always'],
    ['uniqueness', fileWith([{ name: 'a', uniqueness: 'server' }]), 'uniqueness must be none'],
    [
      'bad canonical values',
      fileWith([{ name: 'a', canonicalValues: [1] }]),
      'canonicalValues must be a list of texts',
    ],
    ['missing sub-attributes', fileWith([{ name: 'a', type: 'complex' }]), 'subAttributes must be a list'],
    ['sub-attributes of a text', fileWith([{ name: 'a', subAttributes: [] }]), 'only a complex attribute has'],
    [
      'complex inside complex',
      fileWith([{ name: 'a', type: 'complex', subAttributes: [{ name: 'b', type: 'complex' }] }]),
      "attribute 'a': attribute 'b': a sub-attribute cannot be complex",
    ],
    [
      'a list inside complex',
      fileWith([{ name: 'a', type: 'complex', subAttributes: [{ name: 'b', multiValued: true }] }]),
      'a sub-attribute cannot be multi-valued',
    ],
  ])('names %s', (_, content, mistake) => {
    expect(mistakesOf(content)).toEqual([expect.stringContaining(mistake)]);
  });

  it('names all mistakes at once', () => {
    expect(mistakesOf([7, ...fileWith([{ name: '1a', type: 'text', required: 1 }])])).toHaveLength(4);
  });

  it('names those of a schema whose URN or name is bad, too', () => {
    const bad = { id: 'urn:x', name: 7 };
    expect(mistakesOf(fileWith([{ name: '1a', type: 'text' }], bad))).toEqual([
      expect.stringContaining('schema.id must be a URN'),
      expect.stringContaining('must be texts'),
      "Extension 1: schema: attribute '1a': a name is a letter followed by letters, digits, $, - or _.",
      expect.stringContaining("Extension 1: schema: attribute '1a': type must be"),
    ]);
  });

  it('never throws, whatever the file holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (entry, attribute) => {
        parseSchemaFile(entry);
        parseSchemaFile([entry]);
        parseSchemaFile(fileWith([attribute]));
      }),
    );
  });
});
