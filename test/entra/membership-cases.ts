import { groupUrn } from '../support/directory-requests.js';

/** What is sent to a group of u-1 and u-2, and whom it has then. */
export const memberships: readonly [string, readonly object[], readonly string[]][] = [
  ['add several', [{ op: 'Add', path: 'members', value: refs('u-3', 'u-4') }], ['u-1', 'u-2', 'u-3', 'u-4']],
  ['add in the RFC dialect', [{ op: 'add', path: 'members', value: [{ value: 'u-3' }] }], ['u-1', 'u-2', 'u-3']],
  ['add bare ids', [{ op: 'Add', path: 'members', value: ['u-3', 'u-4'] }], ['u-1', 'u-2', 'u-3', 'u-4']],
  ['add one bare id', [{ op: 'Add', path: 'members', value: 'u-3' }], ['u-1', 'u-2', 'u-3']],
  ['add one object', [{ op: 'Add', path: 'members', value: { value: 'u-3' } }], ['u-1', 'u-2', 'u-3']],
  [
    'add with extras',
    [{ op: 'Add', path: 'members', value: [{ value: 'u-3', displayName: 'U', x: 1 }] }],
    ['u-1', 'u-2', 'u-3'],
  ],
  ['add whom it has', [{ op: 'Add', path: 'members', value: refs('u-2', 'u-3', 'u-3') }], ['u-1', 'u-2', 'u-3']],
  ['add nobody', [{ op: 'Add', path: 'members', value: [] }], ['u-1', 'u-2']],
  ['add without a path', [{ op: 'add', value: { members: [{ value: 'u-3' }] } }], ['u-1', 'u-2', 'u-3']],
  ['add under the URN', [{ op: 'add', path: `${groupUrn}:members`, value: [{ value: 'u-3' }] }], ['u-1', 'u-2', 'u-3']],
  [
    'one operation each',
    ['u-3', 'u-4'].map((id) => ({ op: 'Add', path: 'members', value: refs(id) })),
    ['u-1', 'u-2', 'u-3', 'u-4'],
  ],
  ['set the list', [{ op: 'replace', path: 'members', value: [{ value: 'u-2' }, { value: 'u-3' }] }], ['u-2', 'u-3']],
  ['set the list without a path', [{ op: 'replace', value: { members: [{ value: 'u-3' }] } }], ['u-3']],
  ['set an empty list', [{ op: 'Replace', path: 'members', value: [] }], []],
  ['remove those listed', [{ op: 'Remove', path: 'members', value: refs('u-1') }], ['u-2']],
  ['remove bare ids', [{ op: 'Remove', path: 'members', value: ['u-1'] }], ['u-2']],
  ['remove strangers', [{ op: 'Remove', path: 'members', value: refs('u-9') }], ['u-1', 'u-2']],
  ['remove an empty list', [{ op: 'Remove', path: 'members', value: [] }], ['u-1', 'u-2']],
  ['remove by filter', [{ op: 'remove', path: 'members[value eq "u-1"]' }], ['u-2']],
  ['remove by filter, other spelling', [{ op: 'Remove', path: 'Members[Value EQ "u-1"]' }], ['u-2']],
  ['remove by filters', ['u-1', 'u-2'].map((id) => ({ op: 'remove', path: `members[value eq "${id}"]` })), []],
  ['remove by filter whom it lacks', [{ op: 'remove', path: 'members[value eq "u-9"]' }], ['u-1', 'u-2']],
  ['remove by filter in another case of the id', [{ op: 'remove', path: 'members[value eq "U-1"]' }], ['u-1', 'u-2']],
  ['remove all', [{ op: 'remove', path: 'members' }], []],
  ['remove all, null for a value', [{ op: 'remove', path: 'members', value: null }], []],
  [
    'add then remove',
    [
      { op: 'Add', path: 'members', value: refs('u-3') },
      { op: 'Remove', path: 'members', value: refs('u-3') },
    ],
    ['u-1', 'u-2'],
  ],
  [
    'remove then add',
    [
      { op: 'remove', path: 'members[value eq "u-1"]' },
      { op: 'add', path: 'members', value: refs('u-1') },
    ],
    ['u-1', 'u-2'],
  ],
  [
    'remove all, then add',
    [
      { op: 'remove', path: 'members' },
      { op: 'add', path: 'members', value: refs('u-3') },
    ],
    ['u-3'],
  ],
];

/** Members as Entra lists them: the `$ref` is null. */
export function refs(...ids: readonly string[]): object[] {
  return ids.map((value) => ({ $ref: null, value }));
}
