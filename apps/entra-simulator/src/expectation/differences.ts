import { foldCase, isJsonObject, type JsonObject } from '#kernel';
import { readAttribute } from '../wire/attribute-path.js';
import { type ExpectedDirectory, type ExpectedGroup, type ExpectedUser } from './expected-directory.js';

/** One place where the server does not hold what it acknowledged. */
export interface Difference {
  /** The resource as the server addresses it: `/Users/{id}`. */
  readonly resource: string;
  /** What differs: an attribute, `members`, the resource's existence, a list's total. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

export function userDifferences(resource: string, user: ExpectedUser, actual: JsonObject): Difference[] {
  const differences: Difference[] = [];
  for (const [path, expected] of user.attributes) {
    const held = readAttribute(actual, path);
    if (held !== expected && !user.uncertain.has(path)) {
      differences.push({ resource, what: path, expected: shown(expected), actual: shown(held) });
    }
  }
  return differences;
}

export function groupDifferences(
  resource: string,
  group: ExpectedGroup,
  actual: JsonObject,
  directory: ExpectedDirectory,
): Difference[] {
  const differences: Difference[] = [];
  const compare = (what: 'displayName' | 'externalId', uncertain: boolean) => {
    if (actual[what] !== group[what] && !uncertain) {
      differences.push({ resource, what, expected: shown(group[what]), actual: shown(actual[what]) });
    }
  };
  compare('displayName', group.nameUncertain);
  compare('externalId', false);

  const listed = memberIds(actual);
  const held = new Set(listed);
  const doubtful = (id: string) => group.uncertain.has(id) || directory.uncertainIds.has(id);
  if (held.size < listed.length) {
    const repeated = `${listed.length} entries for ${held.size} members`;
    differences.push({ resource, what: 'members', expected: 'each member once', actual: repeated });
  }
  for (const id of group.members) {
    if (!held.has(id) && directory.isLiveUser(id) && !doubtful(id)) {
      differences.push({ resource, what: 'members', expected: `${id} is a member`, actual: 'absent' });
    }
  }
  for (const id of held) {
    if (doubtful(id) || (group.members.has(id) && directory.isLiveUser(id))) continue;
    const expected = directory.isLiveUser(id) ? `${id} is no member` : `${id} was deleted and is no member`;
    differences.push({ resource, what: 'members', expected, actual: 'present' });
  }
  return differences;
}

/** User ids in a group's `members`, repetitions included. */
export function memberIds(group: JsonObject): string[] {
  const members = Array.isArray(group['members']) ? group['members'] : [];
  return members.map((member) => (isJsonObject(member) && typeof member['value'] === 'string' ? member['value'] : '?'));
}

/** Every expected resource is listed once, no deleted one is, and nothing else answers to the same name. */
export function listDifferences(
  resources: 'Users' | 'Groups',
  directory: ExpectedDirectory,
  list: { readonly totalResults: number; readonly listed: readonly JsonObject[] },
): Difference[] {
  const resource = `/${resources}`;
  const [live, deleted] =
    resources === 'Users' ? [directory.users, directory.deletedUsers] : [directory.groups, directory.deletedGroups];
  const differences: Difference[] = [];
  const report = (what: string, expected: string, actual: string) =>
    differences.push({ resource, what, expected, actual });

  const counts = new Map<unknown, number>();
  for (const { id } of list.listed) counts.set(id, (counts.get(id) ?? 0) + 1);
  if (list.totalResults !== list.listed.length) {
    report('totalResults', `${list.listed.length} resources over all pages`, shown(list.totalResults));
  }
  for (const id of live.keys()) {
    const count = counts.get(id) ?? 0;
    if (count !== 1 && !directory.uncertainIds.has(id)) report('list', `${id} listed once`, `listed ${count} times`);
  }
  for (const id of deleted) {
    if (counts.has(id)) report('list', `${id} was deleted and is not listed`, 'listed');
  }
  // An owner that is not listed has been reported above, unless its deletion got no answer: then it happened.
  const owners = nameOwners(directory, resources, (id) => counts.has(id));
  const nameOf = (item: JsonObject) => item[resources === 'Users' ? 'userName' : 'displayName'];
  for (const item of list.listed) {
    const name = nameOf(item);
    const owner = typeof name === 'string' ? owners.get(foldCase(name)) : undefined;
    if (owner !== undefined && owner !== item['id']) {
      report('list', `${shown(name)} belongs to ${owner} alone`, `${shown(item['id'])} has it too`);
    }
  }
  return differences;
}

/** Ids by folded name, of who is listed; a name that may or may not have been changed is nobody's. */
function nameOwners(
  directory: ExpectedDirectory,
  resources: 'Users' | 'Groups',
  isListed: (id: string) => boolean,
): Map<string, string> {
  const owners = new Map<string, string>();
  const own = (id: string, name: unknown, uncertain: boolean) => {
    if (typeof name === 'string' && !uncertain && isListed(id)) owners.set(foldCase(name), id);
  };
  if (resources === 'Groups') {
    for (const [id, { displayName, nameUncertain }] of directory.groups) own(id, displayName, nameUncertain);
    return owners;
  }
  for (const [id, { attributes, uncertain }] of directory.users) {
    own(id, attributes.get('userName'), uncertain.has('userName'));
  }
  return owners;
}

function shown(value: unknown): string {
  return value === undefined ? '(nothing)' : JSON.stringify(value);
}
