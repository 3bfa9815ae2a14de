import { foldCase } from '#kernel';
import type { ScimClient } from './scim-client.js';

/** Requests at a time. */
const lanes = 8;
const pageSize = 500;

interface Served {
  readonly id: string;
  readonly userName?: string;
  readonly displayName?: string;
  readonly groups?: readonly { readonly value: string }[];
  readonly members?: readonly { readonly value: string }[];
}

type Endpoint = 'Users' | 'Groups';
const nameAttributes = { Users: 'userName', Groups: 'displayName' } as const;

/**
 * Reads everything a server serves, by every way there is, and tells where two of them disagree: a resource is listed
 * once, read by its id and found by its name, its name is taken, and groups and users say the same of each other. Groups
 * have users of the server as members and nobody else.
 */
export async function contradictions(client: ScimClient): Promise<string[]> {
  const users = await listAll(client, 'Users');
  const groups = await listAll(client, 'Groups');
  return [
    ...(await checkEach(client, 'Users', users)),
    ...(await checkEach(client, 'Groups', groups)),
    ...checkMemberships(users, groups),
  ];
}

async function listAll(client: ScimClient, endpoint: Endpoint): Promise<Served[]> {
  const listed: Served[] = [];
  for (;;) {
    const { body } = await client.get(`/${endpoint}?startIndex=${listed.length + 1}&count=${pageSize}`);
    const { totalResults, Resources: page } = body as unknown as { totalResults: number; Resources: Served[] };
    listed.push(...page);
    if (listed.length >= totalResults) return listed;
    if (page.length === 0) throw new Error(`The total of ${endpoint} is ${totalResults}, listed are ${listed.length}`);
  }
}

async function checkEach(client: ScimClient, endpoint: Endpoint, listed: readonly Served[]): Promise<string[]> {
  const problems: string[] = [];
  const rest = listed.values();
  const lane = async () => {
    for (const resource of rest) problems.push(...(await checkOne(client, endpoint, resource)));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const names = new Set(listed.map((resource) => foldCase(resource[nameAttributes[endpoint]] ?? '')));
  if (names.size < listed.length) problems.push(`${listed.length} ${endpoint} have only ${names.size} names`);
  return problems;
}

async function checkOne(client: ScimClient, endpoint: Endpoint, listed: Served): Promise<string[]> {
  const path = `/${endpoint}/${listed.id}`;
  const attribute = nameAttributes[endpoint];
  const name = listed[attribute];
  const byId = await client.get(path);
  const byName = await client.find(`/${endpoint}`, `${attribute} eq ${JSON.stringify(name)}`);
  const again = await client.post(`/${endpoint}`, { [attribute]: name });
  const found = (byName.body['Resources'] as unknown as readonly Served[]).map(({ id }) => id);
  return [
    ...(JSON.stringify(byId.body) === JSON.stringify(listed) ? [] : [`${path} is not as it is listed`]),
    ...(found.join() === listed.id ? [] : [`${path} is ${name}, by which is found: ${found.join()}`]),
    ...(again.status === 409 ? [] : [`${path} is ${name}, and the name is given again (${again.status})`]),
  ];
}

function checkMemberships(users: readonly Served[], groups: readonly Served[]): string[] {
  const byUsers = new Set(
    users.flatMap((user) => (user.groups ?? []).map(({ value }) => `${user.id} is in group ${value}`)),
  );
  const byGroups = new Set(
    groups.flatMap((group) => (group.members ?? []).map(({ value }) => `${value} is in group ${group.id}`)),
  );
  return [
    ...[...byUsers].filter((one) => !byGroups.has(one)).map((membership) => `Only the user says that ${membership}`),
    ...[...byGroups].filter((one) => !byUsers.has(one)).map((membership) => `Only the group says that ${membership}`),
  ];
}
