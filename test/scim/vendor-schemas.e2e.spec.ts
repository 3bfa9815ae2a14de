import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createGroup, createUser, groupUrn, uniqueName, userUrn } from '../support/directory-requests.js';
import { expectBody, expectList, expectNoContent, expectRefusal } from '../support/scim-answers.js';
import { patchOp } from '../support/scim-client.js';
import { dataDirectory, ServerProcess } from '../support/server-process.js';
import { serverUnderTest } from '../support/server-under-test.js';

const acmeUser = 'urn:example:scim:schemas:extension:acme:2.0:User';
const acmeGroup = 'urn:example:scim:schemas:extension:acme:2.0:Group';
const scim = serverUnderTest({ SCIM_SCHEMAS: fileURLToPath(new URL('vendor-schemas.json', import.meta.url)) });

const sent = {
  badge: 'B-7',
  floor: 3,
  rate: 0.5,
  remote: 'True',
  hiredAt: '2026-01-31T08:00:00Z',
  origin: 'Oslo',
  skills: ['rust', 'chess'],
  lockers: [{ value: '12', type: 'gym' }],
};
const kept = { ...sent, remote: true };

describe('an extension of the operator', () => {
  it('is listed with its resource type and schema', async () => {
    const [user, group] = expectList(await scim.client.get('/ResourceTypes'), { totalResults: 2 });
    expect(user?.['schemaExtensions']).toContainEqual({ schema: acmeUser, required: false });
    expect(group?.['schemaExtensions']).toEqual([{ schema: acmeGroup, required: true }]);
    const { attributes } = expectBody(await scim.client.get(`/Schemas/${acmeUser}`), 200);
    const floor = { name: 'floor', type: 'integer', multiValued: false, required: false, mutability: 'readWrite' };
    expect(attributes).toContainEqual(expect.objectContaining(floor));
  });

  it('is stored and read back, but for what is never returned', async () => {
    const { path, body } = await createUser(scim.client, { [acmeUser]: { ...sent, pin: '4711', shoeSize: 42 } });
    expect(body[acmeUser]).toEqual(kept);
    expect(body['schemas']).toEqual([userUrn, acmeUser]);
    const read = await scim.client.get(path);
    expect(expectBody(read, 200)).toEqual(body);
    expect(read.text).not.toContain('4711');
  });

  it.each([
    `${acmeUser}:badge eq "B-7"`,
    `${acmeUser.toUpperCase()}:BADGE eq "B-7"`,
    `${acmeUser}:floor gt 2 and ${acmeUser}:floor le 3`,
    `${acmeUser}:rate lt 0.75`,
    `${acmeUser}:remote eq true`,
    `${acmeUser}:hiredAt ge "2026-01-31T09:00:00+01:00"`,
    `${acmeUser}:skills eq "CHESS"`,
    `${acmeUser}:lockers[type eq "gym" and value eq "12"]`,
    `${acmeUser}:lockers.value sw "1"`,
  ])('is filtered by %s', async (filter) => {
    const { id, name } = await createUser(scim.client, { [acmeUser]: sent });
    await createUser(scim.client, { [acmeUser]: { badge: 'b-7', floor: 30, rate: 9, remote: false } });
    const [found] = expectList(await scim.client.find('/Users', `userName eq "${name}" and ${filter}`), {
      totalResults: 1,
    });
    expect(found?.['id']).toBe(id);
    const others = await scim.client.find(
      '/Users',
      `userName ne "${name}" and ${acmeUser}:badge eq "b-7" and ${filter}`,
    );
    expectList(others, { totalResults: 0 });
  });

  it('is sorted by', async () => {
    const mark = uniqueName('sorted');
    for (const floor of [10, 9, 100]) await createUser(scim.client, { displayName: mark, [acmeUser]: { floor } });
    const sort = { sortBy: `${acmeUser}:floor`, sortOrder: 'descending' };
    const found = expectList(await scim.client.find('/Users', `displayName eq "${mark}"`, sort), { totalResults: 3 });
    expect(found.map((user) => user[acmeUser])).toEqual([{ floor: 100 }, { floor: 10 }, { floor: 9 }]);
  });

  it('is patched in both dialects of Entra', async () => {
    const { origin: _, ...movable } = sent;
    const { path } = await createUser(scim.client, { [acmeUser]: movable });
    const byDefault = patchOp(
      { op: 'Replace', path: `${acmeUser}:badge`, value: 'B-8' },
      { op: 'Add', path: `${acmeUser}:lockers[type eq "office"].value`, value: '99' },
      { op: 'Remove', path: `${acmeUser}:skills`, value: ['rust'] },
      { op: 'Replace', path: `${acmeUser}:remote`, value: 'False' },
    );
    const lockers = [...sent.lockers, { type: 'office', value: '99' }];
    const changed = { ...movable, badge: 'B-8', lockers, skills: ['chess'], remote: false };
    expect(expectBody(await scim.client.patch(path, byDefault), 200)[acmeUser]).toEqual(changed);
    const value = { [`${acmeUser}:floor`]: 4, [acmeUser]: { badge: 'B-9' }, [`${acmeUser}:rate`]: null };
    const { rate: __, ...rest } = changed;
    const pathless = await scim.client.patch(path, patchOp({ op: 'replace', value }));
    expect(expectBody(pathless, 200)[acmeUser]).toEqual({ ...rest, floor: 4, badge: 'B-9' });
    const removed = expectBody(await scim.client.patch(path, patchOp({ op: 'remove', path: acmeUser })), 200);
    expect(removed).not.toHaveProperty([acmeUser]);
    expect(removed['schemas']).toEqual([userUrn]);
  });

  it('takes the values of a list as Entra writes them, each in an object', async () => {
    const { path, body } = await createUser(scim.client, { [acmeUser]: { skills: [{ value: 'rust' }] } });
    expect(body[acmeUser]).toEqual({ skills: ['rust'] });
    const skills = (op: string, value: string) =>
      patchOp({ op, path: `${acmeUser}:skills`, value: [{ $ref: null, value }] });
    const added = expectBody(await scim.client.patch(path, skills('Add', 'chess')), 200);
    expect(added[acmeUser]).toEqual({ skills: ['rust', 'chess'] });
    const removed = expectBody(await scim.client.patch(path, skills('Remove', 'rust')), 200);
    expect(removed[acmeUser]).toEqual({ skills: ['chess'] });
  });

  it.each<[object, string]>([
    [{ floor: 'three' }, `${acmeUser}:floor must be a whole number, but 'three' was sent.`],
    [{ floor: 2.5 }, `${acmeUser}:floor must be a whole number, but 2.5 was sent.`],
    [{ rate: '0.5' }, `${acmeUser}:rate must be a number, but '0.5' was sent.`],
    [{ remote: 'perhaps' }, `${acmeUser}:remote must be true or false, but 'perhaps' was sent.`],
    [
      { hiredAt: 'yesterday' },
      `${acmeUser}:hiredAt must be a date and time such as 2026-01-31T08:00:00Z, but 'yesterday' was sent.`,
    ],
    [{ skills: [7] }, `${acmeUser}:skills[0] must be a string, but 7 was sent.`],
    [{ lockers: [{ type: 'gym' }] }, `${acmeUser}:lockers[0].value is required and must not be empty.`],
  ])('is checked: %j', async (attributes, detail) => {
    const reply = await scim.client.post('/Users', { userName: uniqueName('u'), [acmeUser]: attributes });
    expectRefusal(reply, 400, { scimType: 'invalidValue', detail });
  });

  it('keeps what is immutable and hides what is write-only', async () => {
    const { path, name } = await createUser(scim.client, { [acmeUser]: { ...sent, pin: '4711' } });
    const move = patchOp({ op: 'Replace', path: `${acmeUser}:origin`, value: 'Rome' });
    const detail = `Operation 0: ${acmeUser}:origin cannot be changed once it has a value.`;
    expectRefusal(await scim.client.patch(path, move), 400, { scimType: 'mutability', detail });
    const replaced = { userName: name, [acmeUser]: { origin: 'Rome' } };
    expectRefusal(await scim.client.put(path, replaced), 400, {
      scimType: 'mutability',
      detail: `${acmeUser}:origin cannot be changed once it has a value.`,
    });
    const kept = expectBody(await scim.client.put(path, { ...replaced, [acmeUser]: { origin: 'Oslo' } }), 200);
    expect(kept[acmeUser]).toEqual({ origin: 'Oslo' });
    const probe = await scim.client.find('/Users', `${acmeUser}:pin sw "4"`);
    expectRefusal(probe, 400, { scimType: 'invalidFilter', detail: /it is never returned/ });
    const changed = await scim.client.patch(path, patchOp({ op: 'Replace', path: `${acmeUser}:pin`, value: '4712' }));
    expect(expectBody(changed, 200)[acmeUser]).toEqual({ origin: 'Oslo' });
    expect(changed.headers['etag']).toBe('W/"2"');
    const sorted = await scim.client.get(`/Users?sortBy=${acmeUser}:pin`);
    expectRefusal(sorted, 400, { scimType: 'invalidValue', detail: 'sortBy names no attribute of a User.' });
    const everything = await scim.client.post('/.search', { sortBy: `${acmeUser}:pin` });
    expectRefusal(everything, 400, { scimType: 'invalidValue', detail: /^sortBy names no attribute of a / });
    for (const refused of [
      await scim.client.post('/Users', { userName: uniqueName('u'), [acmeUser]: { pin: 4711 } }),
      await scim.client.patch(path, patchOp({ op: 'Replace', path: `${acmeUser}:pin`, value: 4711 })),
    ]) {
      expectRefusal(refused, 400, {
        scimType: 'invalidValue',
        detail: new RegExp(`${acmeUser}:pin must be a string, but a number was sent\\.$`),
      });
    }
  });

  it('is demanded where it is required', async () => {
    const displayName = uniqueName('g');
    const missing = await scim.client.post('/Groups', { displayName });
    expectRefusal(missing, 400, {
      scimType: 'invalidValue',
      detail: `${acmeGroup} is required and must not be empty.`,
    });
    const { path, body } = await createGroup(scim.client, { displayName, [acmeGroup]: { owner: 'mia' } });
    expect(body['schemas']).toEqual([groupUrn, acmeGroup]);
    const removal = patchOp({ op: 'Remove', path: `${acmeGroup}:owner` });
    expectRefusal(await scim.client.patch(path, removal), 400, {
      scimType: 'mutability',
      detail: `Operation 0: ${acmeGroup}:owner is required and cannot be removed.`,
    });
    expectNoContent(
      await scim.client.patch(path, patchOp({ op: 'Replace', value: { [`${acmeGroup}:owner`]: 'ben' } })),
    );
    expectList(await scim.client.find('/Groups', `${acmeGroup}:owner eq "BEN"`), { totalResults: 1 });
  });
});

describe('a schema file with mistakes', () => {
  it('keeps the server from starting, and every mistake is named', async () => {
    const directory = dataDirectory();
    const file = join(directory.path, 'schemas.json');
    const attributes = [{ name: 'badge', type: 'text' }, { name: 'id' }];
    writeFileSync(file, JSON.stringify([{ resourceType: 'Device', schema: { id: 'urn:example:x:User', attributes } }]));
    const { code, stderr } = await ServerProcess.refused({
      directory: directory.path,
      environment: { SCIM_SCHEMAS: file },
    });
    directory.remove();
    expect(code).toBe(78);
    expect(stderr).toContain("SCIM_SCHEMAS: Extension 1: resourceType must be 'User' or 'Group'.");
    expect(stderr).toContain("attribute 'badge': type must be string, ");
    expect(stderr).toContain("attribute 'id': the name is reserved.");
  });
});
