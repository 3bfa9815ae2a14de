import { type JsonObject, type JsonValue } from '#kernel';
import { readResource } from '../client/answer-reading.js';
import { type ScimClient } from '../client/scim-client.js';
import { get, patch, post, remove } from '../client/scim-request.js';
import { type SourceGroup } from '../directory/company.js';
import { memberIds } from '../expectation/differences.js';
import { findGroupBy, groupById, groupWithoutMembers } from '../wire/lookups.js';
import { patchBody } from '../wire/patch-dialect.js';
import { newGroupBody } from '../wire/resource-bodies.js';
import { matchOrCreate } from './matching.js';
import { type LinkedGroup, type ProvisioningJob } from './provisioning-job.js';

/** Brings a group into scope, without members: those are references and follow when both ends exist. */
export async function provisionGroup(job: ProvisioningJob, client: ScimClient, group: SourceGroup): Promise<void> {
  const lookups = [findGroupBy('displayName', group.displayName), findGroupBy('externalId', group.objectId)];
  const match = await matchOrCreate(client, lookups, post('/Groups', newGroupBody(group)));
  if (match === undefined) return;
  const { id, created } = match;
  if (created) {
    const expectedState = { displayName: group.displayName, externalId: group.objectId, members: [] };
    job.journal.acknowledge({ kind: 'group-provisioned', id, expectedState });
    job.groups.set(group.key, { id, displayName: group.displayName, members: new Set() });
    return;
  }
  await adoptGroup(job, client, id, group);
}

/** Reads the linked group as Entra does, and renames it where the names differ. */
export async function renameGroup(
  job: ProvisioningJob,
  client: ScimClient,
  link: LinkedGroup,
  { displayName }: SourceGroup,
): Promise<void> {
  const request = get(groupWithoutMembers(link.id));
  const current = await readGroup(client, request.path);
  if (current === undefined) return;
  if ('members' in current) client.refuse(request, 200, 'members are in the answer though they were excluded');
  if (current['displayName'] !== displayName) {
    const operations = job.dialect.changeAttributes([{ path: 'displayName', value: displayName, present: true }]);
    const outcome = await client.send(patch(groupById(link.id), patchBody(operations)));
    const expectedState = { displayName };
    if (!job.journal.settle(outcome, { kind: 'group-renamed', id: link.id, expectedState })) return;
  }
  link.displayName = displayName;
}

export async function deleteGroup(
  job: ProvisioningJob,
  client: ScimClient,
  key: number,
  { id }: LinkedGroup,
): Promise<void> {
  const outcome = await client.send(remove(groupById(id)));
  if (!job.journal.settle(outcome, { kind: 'group-deleted', id, expectedState: undefined })) return;
  job.groups.delete(key);
  const byId = { ...get(groupById(id)), accept: [200, 404] };
  const found = await client.send(byId);
  if (found.ok && found.value.status === 200) client.refuse(byId, 200, 'the group is readable after its deletion');
}

/** Entra never reads members back; the expectation has to know who was in the group before, so here they are asked for. */
async function adoptGroup(job: ProvisioningJob, client: ScimClient, id: string, group: SourceGroup): Promise<void> {
  const current = await readGroup(client, groupById(id));
  if (current === undefined) return;
  const displayName = textOf(current['displayName']) ?? '';
  const externalId = textOf(current['externalId']);
  const expectedState = { displayName, externalId, members: memberIds(current) };
  job.journal.acknowledge({ kind: 'group-provisioned', id, expectedState });
  const link = { id, displayName, members: new Set<number>() };
  job.groups.set(group.key, link);
  await renameGroup(job, client, link, group);
}

async function readGroup(client: ScimClient, path: string): Promise<JsonObject | undefined> {
  const request = get(path);
  const outcome = await client.send(request);
  if (!outcome.ok) return undefined;
  const group = readResource(outcome.value.body);
  if (group === undefined) client.refuse(request, 200, 'the answer is not a resource with an id');
  return group;
}

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
