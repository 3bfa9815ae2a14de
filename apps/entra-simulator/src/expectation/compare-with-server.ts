import { type JsonObject } from '#kernel';
import { readResource } from '../client/answer-reading.js';
import { inParallel } from '../client/in-parallel.js';
import { type ScimClient } from '../client/scim-client.js';
import { get } from '../client/scim-request.js';
import { groupById, userById } from '../wire/lookups.js';
import { type Difference, groupDifferences, listDifferences, userDifferences } from './differences.js';
import { type ExpectedDirectory } from './expected-directory.js';
import { listAll } from './list-pages.js';

/** Differences kept whole; beyond them only the count goes on. */
const differencesKept = 200;

export interface Comparison {
  readonly users: number;
  readonly groups: number;
  readonly memberships: number;
  /** Deleted resources that were checked to be gone. */
  readonly deleted: number;
  readonly differenceCount: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
}

/**
 * Reads back everything that is expected, one resource at a time and then as lists, and tells where the server differs.
 * Resources of others in the same tenant are not judged. A read that fails is a difference and a failure of the client.
 *
 * @param progress called after each resource.
 */
export async function compareWithServer(
  client: ScimClient,
  expected: ExpectedDirectory,
  progress: () => void = () => {},
): Promise<Comparison> {
  const differences: Difference[] = [];
  let differenceCount = 0;
  const note = (found: readonly Difference[]) => {
    differenceCount += found.length;
    differences.push(...found.slice(0, differencesKept - differences.length));
  };
  const lanes = client.options.connections;

  await inParallel(expected.users, lanes, async ([id, user]) => {
    if (!expected.uncertainIds.has(id)) {
      note(await readAndCompare(client, userById(id), (actual) => userDifferences(userById(id), user, actual)));
    }
    progress();
  });
  await inParallel(expected.groups, lanes, async ([id, group]) => {
    if (!expected.uncertainIds.has(id)) {
      const path = groupById(id);
      note(await readAndCompare(client, path, (actual) => groupDifferences(path, group, actual, expected)));
    }
    progress();
  });
  const deleted = [...[...expected.deletedUsers].map(userById), ...[...expected.deletedGroups].map(groupById)];
  await inParallel(deleted, lanes, async (path) => {
    note(await expectGone(client, path));
    progress();
  });
  for (const resources of ['Users', 'Groups'] as const) {
    const list = await listAll(client, resources);
    note(
      list.ok
        ? listDifferences(resources, expected, list.value)
        : [{ resource: `/${resources}`, what: 'list', expected: 'readable pages', actual: list.error.words }],
    );
  }
  return {
    users: expected.users.size,
    groups: expected.groups.size,
    memberships: [...expected.groups.values()].reduce((sum, group) => sum + group.members.size, 0),
    deleted: deleted.length,
    differenceCount,
    differences,
  };
}

async function readAndCompare(
  client: ScimClient,
  path: string,
  compare: (actual: JsonObject) => Difference[],
): Promise<Difference[]> {
  const answer = await client.send(get(path));
  const resource = answer.ok ? readResource(answer.value.body) : undefined;
  if (resource !== undefined) return compare(resource);
  const actual = answer.ok ? 'not a resource' : `${answer.error.status ?? 'no answer'}: ${answer.error.words}`;
  return [{ resource: path, what: 'existence', expected: 'readable', actual }];
}

async function expectGone(client: ScimClient, path: string): Promise<Difference[]> {
  const answer = await client.send({ ...get(path), accept: [200, 404] });
  if (answer.ok && answer.value.status === 404) return [];
  const actual = answer.ok ? 'still there' : answer.error.words;
  return [{ resource: path, what: 'existence', expected: '404 after its deletion', actual }];
}
