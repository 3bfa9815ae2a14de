import { type RunRecord } from '../client/phase-record.js';
import { deleteGroup, provisionGroup, renameGroup } from './group-sync.js';
import { type ProvisioningJob, type Task } from './provisioning-job.js';
import { managerTasks, membershipTasks } from './reference-sync.js';
import { deleteUser, provisionUser, updateUser } from './user-sync.js';

/**
 * One cycle in Entra's order: users, groups, then the references between them. The first is the initial cycle, where
 * nothing is linked yet; the later ones find only what has changed since, or failed.
 */
export async function runCycle(job: ProvisioningJob, record: RunRecord, name: string): Promise<void> {
  await job.runPhase(record, `${name}: users`, userTasks(job));
  await job.runPhase(record, `${name}: groups`, groupTasks(job));
  await job.runPhase(record, `${name}: managers`, managerTasks(job));
  await job.runPhase(record, `${name}: memberships`, membershipTasks(job));
}

function userTasks(job: ProvisioningJob): Task[] {
  const tasks: Task[] = [];
  for (const person of job.company.people.values()) {
    const link = job.users.get(person.key);
    if (link === undefined) {
      // Who is inactive when first seen is not created.
      if (person.accountEnabled) tasks.push((client) => provisionUser(job, client, person));
    } else if (link.person !== person) {
      tasks.push((client) => updateUser(job, client, link, person));
    }
  }
  for (const [key, link] of job.users) {
    if (!job.company.people.has(key)) tasks.push((client) => deleteUser(job, client, key, link));
  }
  return tasks;
}

function groupTasks(job: ProvisioningJob): Task[] {
  const tasks: Task[] = [];
  for (const group of job.company.groups.values()) {
    const link = job.groups.get(group.key);
    if (link === undefined) tasks.push((client) => provisionGroup(job, client, group));
    else if (link.displayName !== group.displayName) tasks.push((client) => renameGroup(job, client, link, group));
  }
  for (const [key, link] of job.groups) {
    if (!job.company.groups.has(key)) tasks.push((client) => deleteGroup(job, client, key, link));
  }
  return tasks;
}
