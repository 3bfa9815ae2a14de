import { describe, expect, it } from '@jest/globals';
import type { JsonObject, JsonValue } from '#kernel';
import { enterpriseUserSchemaUrn as enterprise } from '../schema/enterprise-user-schema.js';
import { userSchemaUrn as core } from '../schema/user-schema.js';
import { mia, patched, refusal } from './testing/patch-user.js';

describe('removing', () => {
  const document = {
    ...mia,
    title: 'x',
    name: { givenName: 'Mia' },
    phoneNumbers: [{ type: 'mobile', value: '1' }],
    [enterprise]: { department: 'Risk' },
  };

  it.each([
    'title',
    'name',
    'name.givenName',
    'phoneNumbers',
    'phoneNumbers[type eq "mobile"]',
    'phoneNumbers[type eq "mobile"].value',
    `${enterprise}:department`,
    enterprise,
  ])('takes %s away, and is content where it is not there', (path) => {
    const removed = patched(document, { op: 'Remove', path });
    const [name = ''] = path.split(/[.[:]/);
    expect(Object.keys(removed).sort()).toEqual(
      Object.keys(document)
        .filter((key) => !key.startsWith(name))
        .sort(),
    );
    expect(patched(removed, { op: 'Remove', path })).toEqual(removed);
  });

  it.each(['', null])('happens to every optional attribute that is replaced by %j', (value) => {
    const operations = [
      { op: 'Replace', path: 'title', value },
      { op: 'Replace', path: 'active', value },
      { op: 'Add', path: 'name.givenName', value },
      { op: 'Replace', path: 'phoneNumbers[type eq "mobile"].value', value },
      { op: 'replace', value: { [`${enterprise}:department`]: value, [enterprise]: value, locale: value } },
    ];
    expect(patched({ ...document, active: true }, ...operations)).toEqual(mia);
  });

  it('is refused for what is required', () => {
    expect(refusal(mia, { op: 'Remove', path: 'userName' })).toEqual([
      'mutability',
      'Operation 0: userName is required and cannot be removed.',
    ]);
    for (const value of ['', null]) {
      const detail = 'Operation 0: userName is required and must not be empty.';
      expect(refusal(mia, { op: 'Replace', path: 'userName', value })).toEqual(['invalidValue', detail]);
      expect(refusal(mia, { op: 'replace', value: { userName: value } })).toEqual(['invalidValue', detail]);
    }
    expect(refusal(mia, { op: 'remove', path: core })).toEqual([
      'mutability',
      'Operation 0: userName is required and cannot be removed.',
    ]);
  });
});

describe('a manager', () => {
  const manager = `${enterprise}:manager`;
  const managed = (value: string): JsonObject => ({ ...mia, [enterprise]: { manager: { value } } });

  it.each<[JsonValue]>([
    [{ op: 'Add', path: manager, value: 'u-2' }],
    [{ op: 'Replace', path: manager, value: 'u-2' }],
    [{ op: 'add', path: manager, value: { value: 'u-2' } }],
    [{ op: 'replace', path: manager, value: { value: 'u-2', displayName: 'ignored' } }],
    [{ op: 'Add', path: 'manager', value: [{ $ref: null, value: 'u-2' }] }],
    [{ op: 'replace', path: `${manager}.value`, value: 'u-2' }],
    [{ op: 'replace', value: { [manager]: 'u-2' } }],
    [{ op: 'replace', value: { [enterprise]: { manager: { value: 'u-2' } } } }],
    [{ op: 'add', value: { [enterprise]: { 'manager.value': 'u-2' } } }],
    [{ op: 'add', path: enterprise, value: { manager: 'u-2' } }],
  ])('is set and changed by %j', (operation) => {
    expect(patched(mia, operation)).toEqual(managed('u-2'));
    const before = { ...mia, [enterprise]: { manager: { value: 'u-1', $ref: 'https://a.test/Users/u-1' } } };
    expect(patched(before, operation)).toEqual(managed('u-2'));
  });

  it('takes an address that is sent along', () => {
    const value = [{ $ref: 'https://a.test/Users/u-2', value: 'u-2' }];
    expect(patched(managed('u-1'), { op: 'Add', path: 'manager', value })[enterprise]).toEqual({ manager: value[0] });
  });

  it.each<[JsonValue]>([
    [{ op: 'Replace', path: manager, value: '' }],
    [{ op: 'Replace', path: manager, value: null }],
    [{ op: 'Replace', path: manager, value: { value: '' } }],
    [{ op: 'Replace', path: manager, value: [] }],
    [{ op: 'replace', path: manager, value: {} }],
    [{ op: 'Replace', path: `${manager}.value`, value: '' }],
    [{ op: 'Remove', path: manager }],
    [{ op: 'Remove', path: manager, value: 'u-2' }],
    [{ op: 'Remove', path: manager, value: [{ value: 'u-2' }] }],
    [{ op: 'Remove', path: `${manager}[value eq "u-2"]` }],
    [{ op: 'remove', path: 'manager[value eq "u-2"].value' }],
    [{ op: 'Remove', path: `${manager}.value` }],
    [{ op: 'replace', value: { [manager]: '' } }],
  ])('is cleared by %j', (operation) => {
    expect(patched({ ...mia, [enterprise]: { manager: { value: 'u-2', $ref: 'x' } } }, operation)).toEqual(mia);
    expect(patched(mia, operation)).toEqual(mia);
  });
});
