import { describe, expect, it } from '@jest/globals';
import { createUser, enterpriseUrn } from '../support/directory-requests.js';
import { expectBody, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { patchCases } from './patch-cases.js';

const scim = serverUnderTest();
const manager = `${enterpriseUrn}:manager`;

async function expectPatched(before: object, operations: readonly object[], after: object): Promise<void> {
  const { path, body } = await createUser(scim.client, before);
  const patched = expectBody(await scim.client.patch(path, patchOp(...operations)), 200);
  const { id, userName, active, schemas, meta: _, ...attributes } = patched;
  expect(attributes).toEqual(after);
  expect({ id, userName, active }).toEqual({ id: body['id'], userName: body['userName'], active: true });
  expect((schemas as string[]).includes(enterpriseUrn)).toBe(enterpriseUrn in after);
  expect(expectBody(await scim.client.get(path), 200)).toEqual(patched);
}

describe.each(patchCases)('a wish to $wish', ({ before = {}, byDefault, withFlag, after }) => {
  it('is met in the default dialect', () => expectPatched(before, byDefault, after));

  it('is met in the dialect of the RFC', () => expectPatched(before, withFlag, after));
});

describe.each(patchCases.filter(({ unrepeatable }) => !unrepeatable))('a wish to $wish', (wish) => {
  it('changes nothing more when it is repeated in either dialect', async () => {
    const { path } = await createUser(scim.client, wish.before);
    const first = await scim.client.patch(path, patchOp(...wish.byDefault));
    for (const operations of [wish.byDefault, wish.withFlag]) {
      expect((await scim.client.patch(path, patchOp(...operations))).text).toBe(first.text);
    }
  });
});

describe('the manager', () => {
  const u2 = { [enterpriseUrn]: { manager: { value: 'u-2' } } };

  it.each([
    { op: 'Add', path: manager, value: 'u-2' },
    { op: 'Replace', path: manager, value: 'u-2' },
    { op: 'Add', path: manager, value: { value: 'u-2' } },
    { op: 'replace', path: manager, value: { value: 'u-2' } },
    { op: 'Add', path: 'manager', value: 'u-2' },
    { op: 'Replace', path: manager, value: [{ value: 'u-2' }] },
    { op: 'Add', path: `${manager}.value`, value: 'u-2' },
    { op: 'replace', path: 'manager.value', value: 'u-2' },
    { op: 'replace', value: { [manager]: 'u-2' } },
    { op: 'add', value: { [manager]: { value: 'u-2' } } },
    { op: 'replace', value: { [`${manager}.value`]: 'u-2' } },
    { op: 'replace', value: { [enterpriseUrn]: { manager: 'u-2' } } },
    { op: 'replace', value: { manager: 'u-2' } },
  ])('is set, and changed, by %j', async (operation) => {
    await expectPatched({}, [operation], u2);
    await expectPatched({ [enterpriseUrn]: { manager: { value: 'u-1' } } }, [operation], u2);
  });

  it('is set with its address in the form of the documentation', async () => {
    const sent = { $ref: 'https://api.acme.test/scim/v2/Users/u-2', value: 'u-2' };
    await expectPatched({}, [{ op: 'Add', path: 'manager', value: [sent] }], { [enterpriseUrn]: { manager: sent } });
  });

  it.each([
    { op: 'Replace', path: manager, value: '' },
    { op: 'Replace', path: manager, value: null },
    { op: 'Replace', path: manager, value: { value: '' } },
    { op: 'Add', path: manager, value: '' },
    { op: 'replace', path: `${manager}.value`, value: '' },
    { op: 'Remove', path: manager },
    { op: 'Remove', path: manager, value: 'u-2' },
    { op: 'Remove', path: manager, value: [{ value: 'u-2' }] },
    { op: 'Remove', path: `${manager}.value` },
    { op: 'Remove', path: 'manager' },
    { op: 'Remove', path: `${manager}[value eq "u-2"]` },
    { op: 'replace', value: { [manager]: '' } },
    { op: 'replace', value: { [manager]: null } },
  ])('is cleared, leaving nothing behind, by %j', async (operation) => {
    await expectPatched(u2, [operation], {});
    await expectPatched({}, [operation], {});
  });

  it('of another id is not removed', () =>
    expectPatched(u2, [{ op: 'Remove', path: `${manager}[value eq "u-9"]` }], u2));
});

describe('the envelope', () => {
  const nickName = { op: 'Add', path: 'nickName', value: 'Mimi' };

  it.each<[string, object]>([
    ['small operations', { operations: [nickName] }],
    ['no schemas', { Operations: [nickName] }],
    ['unknown schemas', { schemas: ['urn:example:x'], Operations: [nickName] }],
    ['an id', { id: 'u-1', Operations: [nickName] }],
    ['a name in an operation', { Operations: [{ name: 'addMember', ...nickName }] }],
    ['keys of an operation in another case', { Operations: [{ Op: 'Add', Path: 'nickName', Value: 'Mimi' }] }],
  ])('may have %s', async (_, request) => {
    const { path } = await createUser(scim.client);
    expect(expectBody(await scim.client.patch(path, request), 200)['nickName']).toBe('Mimi');
  });

  it('may be empty, and then changes nothing', async () => {
    const { path, body } = await createUser(scim.client);
    const reply = await scim.client.patch(path, patchOp());
    expect(expectBody(reply, 200)).toEqual(body);
    expect(reply.headers['etag']).toBe('W/"0"');
  });
});

describe('a request with a mistake in its last operation', () => {
  const good = { op: 'Replace', path: 'title', value: 'Lead' };
  const invalid = (scimType: string, detail: RegExp) => ({ status: 400, scimType, detail });

  it.each<[object, { status: number; scimType: string; detail: RegExp }]>([
    [{ op: 'Move', path: 'title', value: 'x' }, invalid('invalidSyntax', /^Operation 1: op must be/)],
    [{ path: 'title', value: 'x' }, invalid('invalidSyntax', /^Operation 1: op must be/)],
    [
      { op: 'Replace', path: 'emails[type eq "work"', value: 'x' },
      invalid('invalidPath', /^Operation 1: the path 'emails\[/),
    ],
    [
      { op: 'Replace', path: 'emails[nosuch eq "work"].value', value: 'x' },
      invalid('invalidFilter', /^Operation 1: .*nosuch/),
    ],
    [{ op: 'Replace', path: 'name.', value: 'x' }, invalid('invalidPath', /^Operation 1: the path 'name\.'/)],
    [{ op: 'Replace', path: 7, value: 'x' }, invalid('invalidSyntax', /^Operation 1: path must be a string/)],
    [
      { op: 'Replace', path: 'emails[value sw "x"].display', value: 'x' },
      invalid('noTarget', /^Operation 1: the path/),
    ],
    [
      { op: 'Replace', path: 'title', value: { a: 1 } },
      invalid('invalidValue', /^Operation 1: title must be a string/),
    ],
    [{ op: 'Replace', path: 'title' }, invalid('invalidValue', /^Operation 1: "replace" needs a value/)],
    [
      { op: 'Replace', path: 'active', value: 'maybe' },
      invalid('invalidValue', /^Operation 1: active must be true or false/),
    ],
    [{ op: 'Replace', path: 'id', value: 'u-1' }, invalid('mutability', /^Operation 1: id is read-only/)],
    [{ op: 'Remove', path: 'userName' }, invalid('mutability', /^Operation 1: userName is required/)],
    [{ op: 'Remove' }, invalid('noTarget', /^Operation 1: "remove" needs a path/)],
    [
      { op: 'Replace', value: 'title' },
      invalid('invalidValue', /^Operation 1: without a path the value must be an object/),
    ],
  ])('changes nothing: %j', async (bad, { status, ...refusal }) => {
    const { path, body } = await createUser(scim.client, { title: 'Analyst' });
    expectRefusal(await scim.client.patch(path, patchOp(good, bad)), status, refusal);
    const after = await scim.client.get(path);
    expect(expectBody(after, 200)).toEqual(body);
    expect(after.headers['etag']).toBe('W/"0"');
  });

  it.each([null, {}, [], 'x', { Operations: null }, { Operations: {} }, { Operations: ['x'] }])(
    'or no operations at all: %j is refused',
    async (request) => {
      const { path } = await createUser(scim.client);
      expectRefusal(await scim.client.patch(path, request), 400, { scimType: 'invalidSyntax', detail: /.{20}/ });
    },
  );
});
