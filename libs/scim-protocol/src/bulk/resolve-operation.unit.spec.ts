import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { applyPatch } from '../patch/apply-patch.js';
import { readPatchRequest } from '../patch/read-patch-request.js';
import { splitMembership } from '../patch/split-membership.js';
import { SchemaRegistry } from '../schema/schema-registry.js';
import type { BulkOperation } from './bulk-request.js';
import { readBulkEntry } from './read-bulk-entry.js';
import { completeCreation, resolveOperation, resolveTarget } from './resolve-operation.js';

const ids = new Map([
  ['ada', 'id-ada'],
  ['team', 'id-team'],
  ['__proto__', 'id-proto'],
]);
const none: ReadonlySet<string> = new Set();
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

function operation(sent: JsonObject): BulkOperation {
  const entry = readBulkEntry(0, sent);
  if (!entry.operation.ok) throw new Error(entry.operation.error.detail);
  return entry.operation.value;
}
function creation(data: JsonObject, bulkId = 'ada') {
  const read = operation({ method: 'POST', path: '/Users', bulkId, data });
  if (read.method !== 'POST') throw new Error('not a creation');
  return read;
}
function resolvedData(data: JsonObject, deferred = none) {
  const resolved = resolveOperation(creation(data), ids, deferred);
  if (!resolved.ok) return `${resolved.error.status} ${resolved.error.detail}`;
  return resolved.value.method === 'DELETE' ? undefined : resolved.value.data;
}

describe('operation of a bulk request', () => {
  it('gets ids in place of references, wherever they stand', () => {
    const data = {
      members: [{ value: 'bulkId:ada', type: 'User' }, 'bulkId:team'],
      [enterprise]: { manager: 'bulkId:ada' },
    };
    expect(resolvedData(data)).toEqual({
      members: [{ value: 'id-ada', type: 'User' }, 'id-team'],
      [enterprise]: { manager: 'id-ada' },
    });
    expect(data.members[1]).toBe('bulkId:team');
  });

  it('gets an id in its path', () => {
    const remove = operation({ method: 'DELETE', path: '/Users/bulkId:ada' });
    expect(resolveOperation(remove, ids, none)).toMatchObject({ ok: true, value: { id: 'id-ada' } });
    expect(resolveTarget(remove, ids)).toBe('id-ada');
    expect(resolveTarget(operation({ method: 'DELETE', path: '/Users/bulkId:bob' }), ids)).toBeUndefined();
  });

  it('is refused where a reference stands for nothing', () => {
    expect(resolvedData({ manager: { value: 'bulkId:bob' } })).toBe(
      "409 'bulkId:bob' stands for nothing: no POST of this request has created a resource with that bulkId.",
    );
    expect(resolvedData({ manager: { value: 'bulkId:constructor' } })).toMatch(/^409/);
  });

  it('keeps keys that are dangerous to assign as they are', () => {
    const data = JSON.parse(
      '{"__proto__":{"value":"bulkId:__proto__"},"a":"bulkId:bob","b":"bulkId:ada"}',
    ) as JsonObject;
    const resolved = resolvedData(data, new Set(['bob']));
    expect(JSON.stringify(resolved)).toBe('{"__proto__":{"value":"id-proto"},"b":"id-ada"}');
  });

  it('is left as it is without references', () => {
    const plain = creation({ userName: 'ada' });
    expect(resolveOperation(plain, ids, none)).toEqual({ ok: true, value: plain });
  });
});

describe('creation with deferred references', () => {
  const data = {
    userName: 'ada',
    members: [
      { value: 'bulkId:bob', type: 'User' },
      { value: 'bulkId:team', type: 'Group' },
    ],
    [enterprise]: { department: 'Sales', manager: { value: 'bulkId:bob', displayName: 'Bob' } },
  };

  it('is executed without the list items and attributes that refer to them', () => {
    expect(resolvedData(data, new Set(['bob']))).toEqual({
      userName: 'ada',
      members: [{ value: 'id-team', type: 'Group' }],
      [enterprise]: { department: 'Sales' },
    });
  });

  it('leaves nothing of a list or an extension of which all is deferred', () => {
    const onlyDeferred = { userName: 'ada', members: ['bulkId:bob'], [enterprise]: { manager: 'bulkId:bob' } };
    expect(resolvedData(onlyDeferred, new Set(['bob']))).toEqual({ userName: 'ada' });
  });

  it('is completed by a PATCH that adds just that', () => {
    const completion = completeCreation(creation(data), new Map([...ids, ['bob', 'id-bob']]), new Set(['bob']));
    expect(completion?.unresolved).toBeUndefined();
    expect(completion?.change).toMatchObject({ method: 'PATCH', type: 'User', id: 'id-ada' });
    expect(completion?.change?.data['Operations']).toEqual([
      {
        op: 'add',
        value: {
          members: [{ value: 'id-bob', type: 'User' }],
          [enterprise]: { manager: { value: 'id-bob', displayName: 'Bob' } },
        },
      },
    ]);
  });

  it('is completed by a PATCH that the PATCH engine understands', () => {
    const registry = new SchemaRegistry();
    const read = (type: 'User' | 'Group', deferredData: JsonObject) => {
      const completion = completeCreation(creation(deferredData), ids, new Set(['team']));
      const patch = readPatchRequest(completion?.change?.data, { mostOperations: 1 });
      const split = patch.ok ? splitMembership(registry, patch.value) : patch;
      if (!split.ok) throw new Error(split.error.detail);
      const patched = applyPatch(registry, type, { userName: 'ada' }, split.value.attributes);
      return { patched: patched.ok && patched.value, membership: split.value.membership };
    };
    expect(read('Group', { members: [{ value: 'bulkId:team', type: 'Group' }] }).membership).toEqual([
      { kind: 'add', members: [{ value: 'id-team', type: 'Group' }] },
    ]);
    expect(read('User', { [enterprise]: { manager: { value: 'bulkId:team' } } }).patched).toEqual({
      userName: 'ada',
      [enterprise]: { manager: { value: 'id-team' } },
    });
  });

  it('is completed with what could be created, and says what could not', () => {
    const completion = completeCreation(creation(data), ids, new Set(['bob', 'team']));
    expect(completion?.unresolved).toMatchObject({ code: 'unresolvedReference', status: 409 });
    expect(completion?.change?.data['Operations']).toEqual([
      { op: 'add', value: { members: [{ value: 'id-team', type: 'Group' }] } },
    ]);
  });

  it('needs no completion where nothing was created', () => {
    expect(completeCreation(creation(data, 'carl'), ids, new Set(['bob']))).toBeUndefined();
    expect(completeCreation(creation(data), ids, new Set(['bob']))?.change).toBeUndefined();
  });
});
