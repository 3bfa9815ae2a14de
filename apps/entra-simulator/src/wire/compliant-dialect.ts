import { type JsonObject } from '#kernel';
import { selectsElement } from './attribute-path.js';
import { type AttributeChange, operation, type PatchDialect, type PatchOperation } from './patch-dialect.js';
import { enterpriseSchema } from './schema-uris.js';

const manager = `${enterpriseSchema}:manager`;

/**
 * What Entra emits with `aadOptscim062020`: lower-case operations, JSON booleans, a target inside a multi-valued attribute
 * in an operation of its own and everything else merged into one without a path, members removed one by one by filter.
 */
export const compliantDialect: PatchDialect = {
  name: 'compliant',

  changeAttributes: (changes) => [
    ...changes.filter((change) => selectsElement(change.path)).map(withPath),
    ...merged(
      'add',
      changes.filter((change) => !change.present && !selectsElement(change.path)),
    ),
    ...merged(
      'replace',
      changes.filter((change) => change.present && !selectsElement(change.path)),
    ),
  ],

  setManager: (reference, variant) => [
    operation('add', { path: manager, value: variant % 2 === 0 ? { value: reference.value } : reference.value }),
  ],

  clearManager: (_managerId, variant) =>
    variant % 2 === 0
      ? [operation('replace', { path: manager, value: { value: '' } })]
      : [operation('remove', { path: manager })],

  addMembers: (userIds) => [
    operation('add', { path: 'members', value: userIds.map((value): JsonObject => ({ value })) }),
  ],

  removeMembers: (userIds) =>
    userIds.map((value) => operation('remove', { path: `members[value eq ${JSON.stringify(value)}]` })),
};

/** A change that stands alone keeps its path; several share one operation with flat keys. */
function merged(op: 'add' | 'replace', changes: readonly AttributeChange[]): PatchOperation[] {
  const [first, second] = changes;
  if (first === undefined) return [];
  if (second === undefined) return [withPath(first)];
  return [operation(op, { value: Object.fromEntries(changes.map(({ path, value }) => [path, value])) })];
}

function withPath({ path, value, present }: AttributeChange): PatchOperation {
  return operation(present ? 'replace' : 'add', { path, value });
}
