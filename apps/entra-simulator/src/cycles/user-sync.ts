import { type JsonObject } from '#kernel';
import { readList, readResource } from '../client/answer-reading.js';
import { type ScimClient } from '../client/scim-client.js';
import { get, patch, post, remove } from '../client/scim-request.js';
import { type Person } from '../directory/person.js';
import { type AttributeValue, type AttributeValues, managerPath, targetAttributes } from '../wire/attribute-map.js';
import { readAttribute } from '../wire/attribute-path.js';
import { findUserBy, userById } from '../wire/lookups.js';
import { type AttributeChange, patchBody } from '../wire/patch-dialect.js';
import { newUserBody } from '../wire/resource-bodies.js';
import { matchOrCreate } from './matching.js';
import { type LinkedUser, type ProvisioningJob } from './provisioning-job.js';

/** Brings a person into scope: creates the user, or adopts the one that is there and updates it. */
export async function provisionUser(job: ProvisioningJob, client: ScimClient, person: Person): Promise<void> {
  const attributes = targetAttributes(person);
  const lookups = [findUserBy('userName', person.userPrincipalName), findUserBy('externalId', person.mailNickname)];
  const match = await matchOrCreate(client, lookups, post('/Users', newUserBody(attributes)));
  if (match === undefined) return;
  const { id, created } = match;
  if (created) {
    job.journal.acknowledge({ kind: 'user-provisioned', id, expectedState: attributes });
    job.users.set(person.key, { id, person, managerId: undefined });
    return;
  }
  const current = await readUser(client, id);
  if (current === undefined) return;
  const expectedState = heldValues(current, [...attributes.keys(), managerPath]);
  job.journal.acknowledge({ kind: 'user-provisioned', id, expectedState });
  const managerId = expectedState.get(managerPath);
  const link = { id, person, managerId: typeof managerId === 'string' ? managerId : undefined };
  job.users.set(person.key, link);
  await patchDifference(job, client, link, current, person);
}

/** Reads the linked user and sends what differs: changed attributes, a rename, a disable, a restore. */
export async function updateUser(
  job: ProvisioningJob,
  client: ScimClient,
  link: LinkedUser,
  person: Person,
): Promise<void> {
  const current = await readUser(client, link.id);
  if (current === undefined || !(await patchDifference(job, client, link, current, person))) return;
  if (!person.accountEnabled) await verifyDisabled(client, link.id, person);
}

/** Deletes the user of a person who is gone for good, and sees that nothing answers to its id or name. */
export async function deleteUser(
  job: ProvisioningJob,
  client: ScimClient,
  key: number,
  { id, person }: LinkedUser,
): Promise<void> {
  const outcome = await client.send(remove(userById(id)));
  if (!job.journal.settle(outcome, { kind: 'user-deleted', id, expectedState: undefined })) return;
  job.users.delete(key);

  const byId = { ...get(userById(id)), accept: [200, 404] };
  const found = await client.send(byId);
  if (found.ok && found.value.status === 200) client.refuse(byId, 200, 'the user is readable after its deletion');
  const byName = get(findUserBy('userName', person.userPrincipalName));
  const matches = await client.send(byName);
  if (matches.ok && readList(matches.value.body)?.totalResults !== 0) {
    client.refuse(byName, 200, 'the filter finds a user after its deletion');
  }
}

async function patchDifference(
  job: ProvisioningJob,
  client: ScimClient,
  link: LinkedUser,
  current: JsonObject,
  person: Person,
): Promise<boolean> {
  const changes = attributeChanges(current, targetAttributes(person));
  if (changes.length > 0) {
    const request = patch(userById(link.id), patchBody(job.dialect.changeAttributes(changes)));
    const outcome = await client.send(request);
    const expectedState = new Map(changes.map(({ path, value }) => [path, value]));
    if (!job.journal.settle(outcome, { kind: 'user-changed', id: link.id, expectedState })) return false;
    if (outcome.ok && outcome.value.status === 200 && readResource(outcome.value.body) === undefined) {
      client.refuse(request, 200, 'a PATCH that answers 200 must answer the resource; without one it is 204');
    }
  }
  link.person = person;
  return true;
}

async function verifyDisabled(client: ScimClient, id: string, person: Person): Promise<void> {
  const user = await readUser(client, id);
  if (user !== undefined && user['active'] !== false) {
    client.refuse(get(userById(id)), 200, `active is ${JSON.stringify(user['active'])} after the user was disabled`);
  }
  const byName = get(findUserBy('userName', person.userPrincipalName));
  const matches = await client.send(byName);
  if (!matches.ok) return;
  const [found] = readList(matches.value.body)?.resources ?? [];
  if (found?.['id'] !== id || found['active'] !== false) {
    client.refuse(byName, 200, 'the filter does not show the disabled user with active false');
  }
}

async function readUser(client: ScimClient, id: string): Promise<JsonObject | undefined> {
  const request = get(userById(id));
  const outcome = await client.send(request);
  if (!outcome.ok) return undefined;
  const user = readResource(outcome.value.body);
  if (user === undefined) client.refuse(request, 200, 'the answer is not a resource with an id');
  return user;
}

function attributeChanges(current: JsonObject, desired: AttributeValues): AttributeChange[] {
  const changes: AttributeChange[] = [];
  for (const [path, value] of desired) {
    const held = readAttribute(current, path);
    if (held !== value) changes.push({ path, value, present: held !== undefined });
  }
  return changes;
}

function heldValues(resource: JsonObject, paths: readonly string[]): Map<string, AttributeValue> {
  const held = new Map<string, AttributeValue>();
  for (const path of paths) {
    const value = readAttribute(resource, path);
    if (typeof value === 'string' || typeof value === 'boolean') held.set(path, value);
  }
  return held;
}
