/** How Entra words a change of a group's members in one PATCH operation, in each of its dialects. */
export const memberOperations = {
  default: {
    add: (...ids: readonly string[]) => ({ op: 'Add', path: 'members', value: references(ids) }),
    remove: (...ids: readonly string[]) => ({ op: 'Remove', path: 'members', value: references(ids) }),
  },
  /** With the tenant URL's flag `aadOptscim062020`: one operation for every member that is removed. */
  compliant: {
    add: (...ids: readonly string[]) => ({ op: 'add', path: 'members', value: references(ids) }),
    remove: (id: string) => ({ op: 'remove', path: `members[value eq "${id}"]` }),
  },
} as const;

function references(ids: readonly string[]) {
  return ids.map((value) => ({ value }));
}
