import { describe, expect, it } from '@jest/globals';
import { compliantDialect } from './compliant-dialect.js';
import { defaultDialect } from './default-dialect.js';
import { type AttributeChange, patchBody } from './patch-dialect.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const replaced = (path: string, value: string | boolean): AttributeChange => ({ path, value, present: true });
const marriage = [
  replaced('displayName', 'Mia Lindh'),
  replaced('emails[type eq "work"].value', 'mia@acme.test'),
  replaced('name.familyName', 'Lindh'),
  replaced('externalId', 'mlindh'),
  replaced(`${enterprise}:employeeNumber`, 'E-882'),
];
const reference = { value: 'u-2', $ref: 'https://acme.test/Users/u-2' };

describe('the default dialect', () => {
  it('sends one capitalised operation with a path for each attribute', () => {
    expect(patchBody(defaultDialect.changeAttributes(marriage))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        { op: 'Replace', path: 'displayName', value: 'Mia Lindh' },
        { op: 'Replace', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
        { op: 'Replace', path: 'name.familyName', value: 'Lindh' },
        { op: 'Replace', path: 'externalId', value: 'mlindh' },
        { op: 'Replace', path: `${enterprise}:employeeNumber`, value: 'E-882' },
      ],
    });
  });

  it('disables with the string "False"', () => {
    expect(defaultDialect.changeAttributes([replaced('active', false)])).toEqual([
      { op: 'Replace', path: 'active', value: 'False' },
    ]);
  });

  it('adds where the target holds nothing yet', () => {
    expect(defaultDialect.changeAttributes([{ path: 'nickName', value: 'Mimi', present: false }])).toEqual([
      { op: 'Add', path: 'nickName', value: 'Mimi' },
    ]);
  });

  it('sets a manager as a string, or as a list of one reference', () => {
    expect([0, 1].flatMap((variant) => defaultDialect.setManager(reference, variant))).toEqual([
      { op: 'Add', path: `${enterprise}:manager`, value: 'u-2' },
      { op: 'Add', path: 'manager', value: [{ $ref: 'https://acme.test/Users/u-2', value: 'u-2' }] },
    ]);
  });

  it('clears a manager by an empty string, a removal, or a removal by filter', () => {
    expect([0, 1, 2].flatMap((variant) => defaultDialect.clearManager('u-2', variant))).toEqual([
      { op: 'Replace', path: `${enterprise}:manager`, value: '' },
      { op: 'Remove', path: `${enterprise}:manager` },
      { op: 'Remove', path: `${enterprise}:manager[value eq "u-2"]` },
    ]);
  });

  it('adds and removes members by lists of values', () => {
    expect(defaultDialect.addMembers(['u-1', 'u-2'])).toEqual([
      {
        op: 'Add',
        path: 'members',
        value: [
          { $ref: null, value: 'u-1' },
          { $ref: null, value: 'u-2' },
        ],
      },
    ]);
    expect(defaultDialect.removeMembers(['u-7'])).toEqual([
      { op: 'Remove', path: 'members', value: [{ value: 'u-7' }] },
    ]);
  });
});

describe('the compliant dialect', () => {
  it('keeps element targets apart and merges the rest into one operation without a path', () => {
    expect(patchBody(compliantDialect.changeAttributes(marriage))).toEqual({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      Operations: [
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
        {
          op: 'replace',
          value: {
            displayName: 'Mia Lindh',
            externalId: 'mlindh',
            'name.familyName': 'Lindh',
            [`${enterprise}:employeeNumber`]: 'E-882',
          },
        },
      ],
    });
  });

  it('disables with a JSON boolean and keeps the path of a single attribute', () => {
    expect(compliantDialect.changeAttributes([replaced('active', false)])).toEqual([
      { op: 'replace', path: 'active', value: false },
    ]);
    expect(compliantDialect.changeAttributes([{ path: 'nickName', value: 'Mimi', present: false }])).toEqual([
      { op: 'add', path: 'nickName', value: 'Mimi' },
    ]);
  });

  it('adds several missing attributes without a path', () => {
    const missing = ['displayName', 'name.givenName'].map((path) => ({ path, value: 'X', present: false }));
    expect(compliantDialect.changeAttributes(missing)).toEqual([
      { op: 'add', value: { displayName: 'X', 'name.givenName': 'X' } },
    ]);
  });

  it('sets and clears a manager as an object or a plain value', () => {
    expect([0, 1].flatMap((variant) => compliantDialect.setManager(reference, variant))).toEqual([
      { op: 'add', path: `${enterprise}:manager`, value: { value: 'u-2' } },
      { op: 'add', path: `${enterprise}:manager`, value: 'u-2' },
    ]);
    expect([0, 1].flatMap((variant) => compliantDialect.clearManager('u-2', variant))).toEqual([
      { op: 'replace', path: `${enterprise}:manager`, value: { value: '' } },
      { op: 'remove', path: `${enterprise}:manager` },
    ]);
  });

  it('removes members one by one, by filter', () => {
    expect(compliantDialect.addMembers(['u-7'])).toEqual([{ op: 'add', path: 'members', value: [{ value: 'u-7' }] }]);
    expect(compliantDialect.removeMembers(['u-7', 'u-8'])).toEqual([
      { op: 'remove', path: 'members[value eq "u-7"]' },
      { op: 'remove', path: 'members[value eq "u-8"]' },
    ]);
  });
});
