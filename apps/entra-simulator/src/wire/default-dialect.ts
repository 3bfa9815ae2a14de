import { type JsonObject } from '#kernel';
import { type AttributeValue } from './attribute-map.js';
import { operation, type PatchDialect } from './patch-dialect.js';
import { enterpriseSchema } from './schema-uris.js';

const manager = `${enterpriseSchema}:manager`;

/**
 * What Entra emits without the flag: capitalised operations, one per attribute and each with a path, booleans as the
 * strings "True" and "False", members removed by a list of values.
 */
export const defaultDialect: PatchDialect = {
  name: 'default',

  changeAttributes: (changes) =>
    changes.map(({ path, value, present }) =>
      operation(present ? 'Replace' : 'Add', { path, value: booleanAsString(value) }),
    ),

  setManager: (reference, variant) =>
    variant % 2 === 0
      ? [operation('Add', { path: manager, value: reference.value })]
      : [operation('Add', { path: 'manager', value: [{ $ref: reference.$ref, value: reference.value }] })],

  clearManager: (managerId, variant) => {
    switch (variant % 3) {
      case 0:
        return [operation('Replace', { path: manager, value: '' })];
      case 1:
        return [operation('Remove', { path: manager })];
      default:
        return [operation('Remove', { path: `${manager}[value eq ${JSON.stringify(managerId)}]` })];
    }
  },

  addMembers: (userIds) => [
    operation('Add', { path: 'members', value: userIds.map((value): JsonObject => ({ $ref: null, value })) }),
  ],

  removeMembers: (userIds) => [
    operation('Remove', { path: 'members', value: userIds.map((value): JsonObject => ({ value })) }),
  ],
};

function booleanAsString(value: AttributeValue): string {
  if (typeof value === 'string') return value;
  return value ? 'True' : 'False';
}
