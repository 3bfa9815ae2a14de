import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPatchRequest } from './read-patch-request.js';

const limits = { mostOperations: 3 };
const read = (body: unknown) => readPatchRequest(body, limits);
const readOne = (operation: unknown) => read({ Operations: [operation] });

describe('readPatchRequest', () => {
  it.each(['Operations', 'operations', 'OPERATIONS'])('takes keys and operation names in any case: %s', (key) => {
    const request = read({
      schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
      [key]: [
        { op: 'Add', path: 'title', value: 'x' },
        { OP: 'REPLACE', Value: { title: 'y' } },
        { Op: 'remove', Path: 'title' },
      ],
    });
    expect(request).toEqual({
      ok: true,
      value: {
        operations: [
          { index: 0, op: 'add', path: 'title', value: 'x' },
          { index: 1, op: 'replace', value: { title: 'y' } },
          { index: 2, op: 'remove', path: 'title' },
        ],
      },
    });
  });

  it('does without schemas and with keys it does not know', () => {
    const operation = { name: 'addMember', op: 'add', path: 'members', value: [] };
    expect(read({ id: 'g-1', schemas: ['urn:other'], Operations: [operation] })).toMatchObject({ ok: true });
    expect(read({ Operations: [operation] })).toMatchObject({ ok: true });
  });

  it('takes no operations as a request that changes nothing', () => {
    expect(read({ Operations: [] })).toEqual({ ok: true, value: { operations: [] } });
  });

  it('takes an empty or null path as none', () => {
    expect(readOne({ op: 'add', path: null, value: {} })).toMatchObject({
      value: { operations: [{ index: 0, op: 'add', value: {} }] },
    });
  });

  it('tells null from no value, but for remove, which needs none', () => {
    expect(readOne({ op: 'replace', path: 'title', value: null })).toMatchObject({
      value: { operations: [{ index: 0, op: 'replace', path: 'title', value: null }] },
    });
    expect(readOne({ op: 'remove', path: 'members', value: null })).toEqual({
      ok: true,
      value: { operations: [{ index: 0, op: 'remove', path: 'members' }] },
    });
  });

  it.each<[unknown, string, string]>([
    [null, 'invalidSyntax', 'The request body must be a JSON object.'],
    [[], 'invalidSyntax', 'The request body must be a JSON object.'],
    [{}, 'invalidSyntax', 'Operations must be a list.'],
    [{ Operations: { op: 'add' } }, 'invalidSyntax', 'Operations must be a list.'],
    [{ __proto__: { operations: [] } }, 'invalidSyntax', 'Operations must be a list.'],
    [{ Operations: [{ op: 'add', value: {} }, 'x'] }, 'invalidSyntax', 'Operation 1: it must be an object.'],
    [
      { Operations: [{ op: 'move', path: 'a' }] },
      'invalidSyntax',
      'Operation 0: op must be "add", "replace" or "remove".',
    ],
    [
      { Operations: [{ path: 'a', value: 1 }] },
      'invalidSyntax',
      'Operation 0: op must be "add", "replace" or "remove".',
    ],
    [{ Operations: [{ op: 'add', path: 7, value: 1 }] }, 'invalidSyntax', 'Operation 0: path must be a string.'],
    [{ Operations: [{ op: 'remove' }] }, 'noTarget', 'Operation 0: "remove" needs a path.'],
    [{ Operations: [{ op: 'Remove', path: '', value: ['u-1'] }] }, 'noTarget', 'Operation 0: "remove" needs a path.'],
    [
      { Operations: [{ op: 'replace', path: 'title' }] },
      'invalidValue',
      'Operation 0: "replace" needs a value; null unassigns the attribute.',
    ],
  ])('refuses %j', (body, scimType, detail) => {
    expect(read(body)).toMatchObject({ ok: false, error: { status: 400, scimType, detail } });
  });

  it.each([
    ['operations', Array(4).fill({ op: 'remove', path: 'title' })],
    ['keys of a value without a path', [{ op: 'add', value: { a: 1, b: { x: 1, y: 1 }, c: 1, d: 1 } }]],
    ['keys below a URN', [{ op: 'add', value: { 'urn:a': { a: 1, b: 1, c: 1 }, d: 1 } }]],
    ['characters in paths', Array(3).fill({ op: 'remove', path: 'x'.repeat(700_000) })],
  ])('bounds the number of %s', (_, Operations) => {
    expect(read({ Operations })).toMatchObject({ ok: false, error: { status: 413 } });
    expect(read({ Operations: Operations.slice(1) }).ok).toBe(true);
  });

  it('answers every body', () => {
    fc.assert(
      fc.property(fc.anything(), (body) => typeof readOne(body).ok === 'boolean' && typeof read(body).ok === 'boolean'),
    );
  });
});
