/** Paths of Entra's questions, relative to the tenant URL, encoded the way its traffic shows (`+`, `%40`, `%22`). */

export function findUserBy(attribute: 'userName' | 'externalId', value: string): string {
  return `/Users?filter=${equals(attribute, value)}`;
}

/** A group is looked up without its members: they may be a hundred thousand. */
export function findGroupBy(attribute: 'displayName' | 'externalId', value: string): string {
  return `/Groups?excludedAttributes=members&filter=${equals(attribute, value)}`;
}

/** The documented check before a reference is changed; only ids are asked for. */
export function hasManager(userId: string, managerId: string): string {
  return `/Users?filter=${equals('id', userId)}+and+${equals('manager', managerId)}&attributes=id`;
}

export function userById(id: string): string {
  return `/Users/${encodeURIComponent(id)}`;
}

export function groupById(id: string): string {
  return `/Groups/${encodeURIComponent(id)}`;
}

export function groupWithoutMembers(id: string): string {
  return `${groupById(id)}?excludedAttributes=members`;
}

export function page(resources: 'Users' | 'Groups', startIndex: number, count: number): string {
  const members = resources === 'Groups' ? 'excludedAttributes=members&' : '';
  return `/${resources}?${members}startIndex=${startIndex}&count=${count}`;
}

function equals(attribute: string, value: string): string {
  const clause = `${attribute} eq ${JSON.stringify(value)}`;
  return encodeURIComponent(clause).replaceAll('%20', '+');
}
