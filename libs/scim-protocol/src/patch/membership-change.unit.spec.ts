import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '#kernel';
import { groupSchemaUrn as core } from '../schema/group-schema.js';
import { members, membership, refusal, split } from './testing/split-group.js';

describe('the members in a PATCH of a group', () => {
  it.each<[JsonValue]>([
    [
      {
        op: 'Add',
        path: 'members',
        value: [
          { $ref: null, value: 'u-1' },
          { $ref: null, value: 'u-2' },
        ],
      },
    ],
    [{ op: 'add', path: 'MEMBERS', value: [{ value: 'u-1', displayName: 'Mia' }, 'u-2'] }],
    [{ op: 'add', path: `${core}:members`, value: ['u-1', { Value: 'u-2' }, 'u-1'] }],
    [{ op: 'add', value: { members: members('u-1', 'u-2') } }],
    [{ op: 'add', value: { [`${core}:members`]: members('u-1', 'u-2') } }],
    [{ op: 'add', path: core.toUpperCase(), value: { Members: members('u-1', 'u-2') } }],
    [{ op: 'add', path: 'members.value', value: ['u-1', 'u-2'] }],
  ])('are added by %j', (operation) => {
    expect(membership(operation)).toEqual([{ kind: 'add', members: members('u-1', 'u-2') }]);
  });

  it.each<[JsonValue]>([
    [{ op: 'add', path: 'members', value: 'u-1' }],
    [{ op: 'add', path: 'members', value: { value: 'u-1' } }],
    [{ op: 'add', path: 'members[value eq "u-1"]', value: {} }],
    [{ op: 'replace', path: 'members[value eq "u-1"]', value: { value: 'u-1' } }],
    [{ op: 'add', path: 'members[value eq "u-1"].value', value: 'u-1' }],
    [{ op: 'add', value: { 'members[value eq "u-1"].value': 'u-1' } }],
  ])('one is added by %j', (operation) => {
    expect(membership(operation)).toEqual([{ kind: 'add', members: members('u-1') }]);
  });

  it('keep their type and the label that was sent last', () => {
    const sent = [
      { value: 'g-2', type: 'Group', display: 'A' },
      { value: 'u-1', display: null },
      { value: 'g-2', display: 'B' },
    ];
    expect(membership({ op: 'add', path: 'members', value: sent })).toEqual([
      { kind: 'add', members: [{ value: 'g-2', type: 'Group', display: 'B' }, { value: 'u-1' }] },
    ]);
    expect(
      membership(
        { op: 'add', path: 'members[value eq "u-1" and type eq "User"]', value: { display: 'Mia' } },
        { op: 'add', path: 'members[type eq "Group"]', value: { value: 'g-1' } },
      ),
    ).toEqual([
      { kind: 'add', members: [{ value: 'u-1', type: 'User', display: 'Mia' }] },
      { kind: 'add', members: [{ value: 'g-1', type: 'Group' }] },
    ]);
  });

  it.each(['display', 'type'])('are not changed in their %s: whoever is a member stays as added', (part) => {
    const operation = { op: 'replace', path: `members[value eq "u-1"].${part}`, value: 'Other' };
    expect(refusal(operation)).toEqual([
      'mutability',
      `Operation 0: members[value eq "u-1"].${part} cannot be changed once it has a value.`,
    ]);
  });

  it.each<[JsonValue]>([
    [{ op: 'Remove', path: 'members', value: [{ $ref: null, value: 'u-1' }, { value: 'u-2' }] }],
    [{ op: 'remove', path: 'members', value: ['u-1', 'u-2', 'u-1'] }],
    [{ op: 'remove', path: 'members[value eq "u-1" or value eq "u-2"]' }],
    [{ op: 'remove', path: `${core}:members[value eq "u-1" or value eq "u-2" or VALUE EQ "u-1"]`, value: null }],
    [{ op: 'remove', path: 'members[value eq "u-1" or value eq "u-2"].value' }],
    [{ op: 'remove', path: 'members.value', value: ['u-1', 'u-2'] }],
    [{ op: 'replace', path: 'members[value eq "u-1" or value eq "u-2"]', value: null }],
  ])('are removed by %j', (operation) => {
    expect(membership(operation)).toEqual([{ kind: 'remove', ids: ['u-1', 'u-2'] }]);
  });

  it('are removed by any other filter where they match it', () => {
    expect(membership({ op: 'remove', path: 'members[type eq "Group"]' })).toMatchObject([
      { kind: 'remove-matching', filter: { kind: 'compare', subAttribute: { name: 'type' }, literal: 'group' } },
    ]);
    for (const filter of [
      'not (value eq "u-1")',
      'value eq "u-1" and type eq "User"',
      'value ne "u-1"',
      'value sw "u"',
    ]) {
      expect(membership({ op: 'remove', path: `members[${filter}]` })).toMatchObject([{ kind: 'remove-matching' }]);
    }
  });

  it.each<[JsonValue]>([
    [{ op: 'remove', path: 'members' }],
    [{ op: 'remove', path: 'members', value: null }],
    [{ op: 'replace', path: 'members', value: [] }],
    [{ op: 'replace', path: 'members', value: null }],
    [{ op: 'Replace', path: 'members', value: '' }],
    [{ op: 'replace', value: { members: [] } }],
    [{ op: 'replace', value: { [core]: { members: null } } }],
  ])('all go by %j', (operation) => {
    const result = split(operation);
    expect(result.ok && result.value.membership).toEqual([{ kind: 'remove-all' }]);
  });

  it.each<[JsonValue]>([
    [{ op: 'remove', path: 'members', value: [] }],
    [{ op: 'remove', path: 'members', value: '' }],
    [{ op: 'add', path: 'members', value: [] }],
    [{ op: 'add', path: 'members', value: null }],
    [{ op: 'add', value: { members: null } }],
    [{ op: 'replace', path: 'members[value eq "u-1"].display', value: null }],
    [{ op: 'Add', path: 'members[value eq "u-1"]', value: null }],
    [{ op: 'add', path: 'members[value eq "u-1"].value', value: '' }],
    [{ op: 'add', value: { 'members[value ne "u-1"]': [] } }],
  ])('all stay with %j', (operation) => {
    expect(membership(operation)).toEqual([]);
  });

  it('are replaced by a list', () => {
    expect(membership({ op: 'replace', path: 'members', value: members('u-1', 'u-1', 'u-2') })).toEqual([
      { kind: 'replace', members: members('u-1', 'u-2') },
    ]);
    expect(membership({ op: 'replace', value: { Members: 'u-1' } })).toEqual([
      { kind: 'replace', members: members('u-1') },
    ]);
  });

  it('are changed in the order of the operations', () => {
    expect(
      membership(
        { op: 'add', path: 'members', value: members('u-1') },
        { op: 'remove', path: 'members[value eq "u-1"]' },
        { op: 'add', value: { members: members('u-2'), 'members[value eq "u-3"].value': 'u-3' } },
      ),
    ).toEqual([
      { kind: 'add', members: members('u-1') },
      { kind: 'remove', ids: ['u-1'] },
      { kind: 'add', members: members('u-2') },
      { kind: 'add', members: members('u-3') },
    ]);
  });

  it.each<[JsonValue, string, string]>([
    [
      { op: 'add', path: 'members', value: [{ value: 'u-1' }, {}] },
      'invalidValue',
      'Operation 0: members[1].value is required and must not be empty.',
    ],
    [
      { op: 'add', path: 'members', value: [{ value: '' }] },
      'invalidValue',
      'Operation 0: members[0].value is required and must not be empty.',
    ],
    [
      { op: 'remove', path: 'members', value: ['u-1', ''] },
      'invalidValue',
      'Operation 0: members[1].value is required and must not be empty.',
    ],
    [
      { op: 'replace', path: 'members', value: [null] },
      'invalidValue',
      'Operation 0: members[0].value is required and must not be empty.',
    ],
    [
      { op: 'add', path: 'members', value: 7 },
      'invalidValue',
      'Operation 0: members[0] must be an object or an id, but 7 was sent.',
    ],
    [
      { op: 'add', path: 'members', value: [{ value: 7 }] },
      'invalidValue',
      'Operation 0: members[0].value must be a string, but 7 was sent.',
    ],
    [
      { op: 'add', path: 'members', value: ['a\0'] },
      'invalidValue',
      'Operation 0: members[0].value contains a NUL character, which cannot be stored.',
    ],
    [
      { op: 'add', path: 'members', value: ['x'.repeat(513)] },
      'invalidValue',
      'Operation 0: members[0].value is longer than 512 characters.',
    ],
    [
      { op: 'add', path: 'members[value eq "u-1"].value', value: 'u-2' },
      'mutability',
      'Operation 0: members.value cannot be changed once it has a value.',
    ],
    [
      { op: 'add', path: 'members[value sw "u"]', value: { display: 'x' } },
      'noTarget',
      `Operation 0: the path 'members[value sw "u"]' matches nothing to change.`,
    ],
    [
      { op: 'add', path: 'members[type eq "User"].display', value: 'x' },
      'mutability',
      'Operation 0: members[type eq "User"].display cannot be changed once it has a value.',
    ],
    [
      { op: 'remove', path: 'members.value' },
      'invalidPath',
      `Operation 0: the path 'members.value' is not valid: members are added and removed; to change one, name it with members[value eq "..."].`,
    ],
    [
      { op: 'remove', path: 'members[value eq "u-1"].display' },
      'invalidPath',
      `Operation 0: the path 'members[value eq "u-1"].display' is not valid: display of a member cannot be removed.`,
    ],
  ])('are refused in %j', (operation, scimType, detail) => {
    expect(refusal(operation)).toEqual([scimType, detail]);
  });
});
