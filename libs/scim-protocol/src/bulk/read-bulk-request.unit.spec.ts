import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BulkRequest } from './bulk-request.js';
import { readBulkRequest } from './read-bulk-request.js';

const limits = { maxOperations: 3 };

function read(body: unknown, maxOperations = limits.maxOperations) {
  const result = readBulkRequest(body, { maxOperations });
  return result.ok ? result.value : `${result.error.status} ${result.error.detail}`;
}

/** The only operation of a request: what was read, or the refusal. */
function readOne(operation: unknown) {
  const request = read({ Operations: [operation] });
  if (typeof request === 'string') throw new Error(request);
  const [result] = request.entries.map((entry) => entry.operation);
  if (!result) throw new Error('nothing was read');
  return result.ok ? result.value : `${result.error.status} ${result.error.detail}`;
}

const create = { method: 'POST', path: '/Users', bulkId: 'ada', data: { userName: 'ada' } };

describe('bulk request', () => {
  it('is read with keys and methods in any case', () => {
    const request = read({
      Schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkRequest'],
      FAILONERRORS: 2,
      operations: [
        { METHOD: 'post', PATH: '/Users', BulkID: 'ada', DATA: { userName: 'ada' } },
        { Method: 'Delete', path: '/Groups/7', version: 'W/"3"' },
      ],
    });
    expect(request).toEqual({
      failOnErrors: 2,
      entries: [
        {
          method: 'POST',
          bulkId: 'ada',
          operation: {
            ok: true,
            value: { method: 'POST', type: 'User', bulkId: 'ada', data: { userName: 'ada' }, references: new Set() },
          },
        },
        {
          method: 'DELETE',
          bulkId: undefined,
          operation: {
            ok: true,
            value: { method: 'DELETE', type: 'Group', id: '7', version: 'W/"3"', references: new Set() },
          },
        },
      ],
    });
  });

  it.each([
    ['text', '400 The request body must be a JSON object.'],
    [{}, '400 Operations must be a list.'],
    [{ Operations: {} }, '400 Operations must be a list.'],
    [{ Operations: [], failOnErrors: 0 }, '400 failOnErrors must be a whole number from 1.'],
    [{ Operations: [], failOnErrors: 1.5 }, '400 failOnErrors must be a whole number from 1.'],
    [{ Operations: [], failOnErrors: '1' }, '400 failOnErrors must be a whole number from 1.'],
    [{ Operations: [1, 2, 3, 4] }, '413 The number of operations, 4, exceeds maxOperations (3).'],
  ])('is refused as a whole: %j', (body, refusal) => {
    expect(read(body)).toBe(refusal);
  });

  it('is read with the names of endpoints in any case, and ids as they are', () => {
    expect(readOne({ ...create, path: '/users' })).toMatchObject({ type: 'User' });
    expect(readOne({ method: 'DELETE', path: '/GROUPS/aB' })).toMatchObject({ type: 'Group', id: 'aB' });
  });

  it('says which resource an operation with a mistake is about, where its path can be read', () => {
    const Operations = [
      { method: 'PUT', path: '/Users/7', data: 'x' },
      { method: 'DELETE', path: '/Users/%' },
      { method: 'POST', path: '/Users/7', bulkId: 'a', data: {} },
    ];
    const request = read({ Operations }) as BulkRequest;
    expect(request.entries.map(({ operation, target }) => [operation.ok, target])).toEqual([
      [false, { type: 'User', id: '7' }],
      [false, undefined],
      [false, undefined],
    ]);
  });

  it('may be empty, and null is as good as absent', () => {
    expect(read({ Operations: [], failOnErrors: null })).toEqual({ failOnErrors: undefined, entries: [] });
  });

  it.each([
    [7, 'it must be an object'],
    [{ ...create, method: 'GET' }, 'method must be POST, PUT, PATCH or DELETE'],
    [{ ...create, method: undefined }, 'method must be POST, PUT, PATCH or DELETE'],
    [{ ...create, path: '/Users/7' }, 'the path of a POST must not name a resource'],
    [{ ...create, path: undefined }, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}'],
    [{ ...create, path: '/Me' }, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}'],
    [{ ...create, bulkId: undefined }, 'a POST needs a bulkId'],
    [{ ...create, bulkId: '' }, 'a POST needs a bulkId'],
    [{ ...create, bulkId: 7 }, 'a POST needs a bulkId'],
    [{ ...create, data: undefined }, 'data must be an object'],
    [{ ...create, data: [] }, 'data must be an object'],
    [{ method: 'PUT', path: '/Users', data: {} }, 'the path of a PUT must name a resource'],
    [{ method: 'PUT', path: '/Users/7' }, 'data must be an object'],
    [{ method: 'PATCH', path: '/Users/7', data: {}, version: 3 }, 'version must be a string'],
    [{ method: 'DELETE', path: '/Users/7?x=1' }, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}'],
    [{ method: 'DELETE', path: '/Users/%' }, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}'],
    [{ method: 'DELETE', path: '/Users/\ud800' }, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}'],
    [{ method: 'PUT', path: '/Users/a\udfff' }, 'path must be /Users, /Groups, /Users/{id} or /Groups/{id}'],
    [
      { method: 'DELETE', path: `/Users/${'x'.repeat(513)}` },
      'path must be /Users, /Groups, /Users/{id} or /Groups/{id}',
    ],
  ])('answers a malformed operation in its place: %j', (operation, reason) => {
    expect(readOne(operation)).toBe(`400 Operation 0: ${reason}.`);
  });

  it('refers to bulkIds from anywhere in the data and from the path', () => {
    const operation = readOne({
      method: 'PATCH',
      path: '/Groups/bulkId%3Agroup',
      data: {
        Operations: [{ op: 'add', path: 'members', value: [{ value: 'bulkId:ada' }, 'bulkId:bob', 'bulkId:ada'] }],
      },
    });
    expect(operation).toMatchObject({ id: 'bulkId:group', references: new Set(['group', 'ada', 'bob']) });
  });

  it('refers to nothing from a text that only contains a reference', () => {
    const data = { displayName: 'see bulkId:ada', title: 'bulkId:', 'bulkId:ada': 1 };
    expect(readOne({ ...create, data })).toMatchObject({ references: new Set() });
  });

  it('does not guess which of two creations with one bulkId is meant', () => {
    const request = read({ Operations: [create, { ...create, path: '/Groups' }, { ...create, bulkId: 'bob' }] });
    expect(request).toMatchObject({
      entries: [
        { operation: { error: { detail: "Operation 0: bulkId 'ada' is used by several operations." } } },
        { operation: { error: { detail: "Operation 1: bulkId 'ada' is used by several operations." } } },
        { operation: { ok: true } },
      ],
    });
  });

  it('never throws, whatever is sent', () => {
    const key = fc.constantFrom('method', 'path', 'bulkId', 'data', 'version', '__proto__', 'constructor');
    const text = fc.constantFrom(
      'POST',
      'delete',
      '/Users',
      '/Groups/bulkId:__proto__',
      '__proto__',
      'bulkId:toString',
    );
    const operation = fc.dictionary(key, fc.oneof(text, fc.jsonValue({ maxDepth: 3 })));
    fc.assert(
      fc.property(fc.array(fc.oneof(operation, fc.jsonValue())), (operations) => {
        const body: unknown = JSON.parse(JSON.stringify({ Operations: operations }));
        expect(read(body, 1_000)).toMatchObject({ entries: { length: operations.length } });
      }),
    );
  });
});
