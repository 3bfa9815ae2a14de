import { type ScimClient } from '../client/scim-client.js';
import { get, patch } from '../client/scim-request.js';
import { resourceLocation } from '../client/tenant-url.js';
import { managerPath } from '../wire/attribute-map.js';
import { groupById, hasManager, userById } from '../wire/lookups.js';
import { patchBody } from '../wire/patch-dialect.js';
import { type LinkedGroup, type LinkedUser, type ProvisioningJob, type Task } from './provisioning-job.js';

/** Members in one PATCH; a larger change is several PATCHes to the same group, side by side. */
const membersPerPatch = 100;
/** Present members that are added once more wherever a group changes: Entra does, and it must change nothing. */
const membersAddedAgain = 3;

/** The managers that differ from what the server has acknowledged. A manager without a counterpart counts as none. */
export function managerTasks(job: ProvisioningJob): Task[] {
  const tasks: Task[] = [];
  for (const [key, link] of job.users) {
    const managerKey = job.company.people.get(key)?.managerKey;
    const managerId = managerKey === undefined ? undefined : job.users.get(managerKey)?.id;
    if (managerId !== link.managerId) tasks.push((client) => changeManager(job, client, key, link, managerId));
  }
  return tasks;
}

async function changeManager(
  job: ProvisioningJob,
  client: ScimClient,
  key: number,
  link: LinkedUser,
  managerId: string | undefined,
): Promise<void> {
  const checked = managerId ?? link.managerId;
  if (link.managerId !== undefined && checked !== undefined) await client.send(get(hasManager(link.id, checked)));
  const operations =
    managerId === undefined
      ? job.dialect.clearManager(link.managerId ?? '', key)
      : job.dialect.setManager(reference(client, managerId), key);
  const outcome = await client.send(patch(userById(link.id), patchBody(operations)));
  const expectedState = new Map([[managerPath, managerId]]);
  if (job.journal.settle(outcome, { kind: 'user-changed', id: link.id, expectedState })) link.managerId = managerId;
}

function reference(client: ScimClient, userId: string) {
  return { value: userId, $ref: resourceLocation(client.options.tenant, userById(userId)) };
}

/** The memberships that differ from what the server has acknowledged, in batches that do not depend on each other. */
export function membershipTasks(job: ProvisioningJob): Task[] {
  const tasks: Task[] = [];
  for (const [key, link] of job.groups) {
    const wanted = job.company.groups.get(key)?.members;
    if (wanted === undefined) continue;
    const added = [...wanted].filter((member) => !link.members.has(member) && job.users.has(member));
    // A deleted user left its groups with its deletion: there is nothing to send about it.
    const removed = [...link.members].filter((member) => !wanted.has(member) && job.users.has(member));
    if (added.length + removed.length === 0) continue;
    const addedAgain = [...link.members].filter((member) => wanted.has(member)).slice(0, membersAddedAgain);
    for (const batch of batches([...addedAgain, ...added])) {
      tasks.push((client) => changeMembers(job, client, link, 'members-added', batch));
    }
    for (const batch of batches(removed)) {
      tasks.push((client) => changeMembers(job, client, link, 'members-removed', batch));
    }
  }
  return tasks;
}

async function changeMembers(
  job: ProvisioningJob,
  client: ScimClient,
  link: LinkedGroup,
  kind: 'members-added' | 'members-removed',
  people: readonly number[],
): Promise<void> {
  const members = people.map((person) => job.users.get(person)?.id).filter((id) => id !== undefined);
  const operations = kind === 'members-added' ? job.dialect.addMembers(members) : job.dialect.removeMembers(members);
  const outcome = await client.send(patch(groupById(link.id), patchBody(operations)));
  if (!job.journal.settle(outcome, { kind, id: link.id, expectedState: { members } })) return;
  for (const person of people) {
    if (kind === 'members-added') link.members.add(person);
    else link.members.delete(person);
  }
}

function batches(people: readonly number[]): number[][] {
  const count = Math.ceil(people.length / membersPerPatch);
  return Array.from({ length: count }, (_, index) =>
    people.slice(index * membersPerPatch, (index + 1) * membersPerPatch),
  );
}
