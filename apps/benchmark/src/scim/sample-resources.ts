import type { JsonObject } from '#kernel';

const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';

export function userName(number: number): string {
  return `person-${number}@acme.test`;
}

export function groupName(number: number): string {
  return `Department ${number}`;
}

/** A person with everything that Entra's default mapping fills; about one kilobyte. */
export function userAttributes(number: number): JsonObject {
  return {
    active: true,
    externalId: `person-${number}`,
    userName: userName(number),
    name: { formatted: `Mia Lind ${number}`, familyName: `Lind ${number}`, givenName: 'Mia' },
    displayName: `Mia Lind ${number}`,
    title: 'Analyst',
    preferredLanguage: 'sv-SE',
    emails: [{ primary: true, type: 'work', value: userName(number) }],
    phoneNumbers: [
      { type: 'work', value: `+46 8 555 ${number}` },
      { type: 'mobile', value: `+46 70 000 ${number}` },
    ],
    addresses: [
      {
        type: 'work',
        formatted: 'HQ-4',
        streetAddress: '1 Elm Road',
        locality: 'Lund',
        region: 'Skane',
        postalCode: '22100',
        country: 'Sweden',
      },
    ],
    [enterpriseUser]: { department: 'Risk', employeeNumber: `E-${number}` },
  };
}

export function groupAttributes(number: number): JsonObject {
  return { displayName: groupName(number), externalId: `department-${number}` };
}

/** Body of `POST /Users` as Entra sends it: with `meta`, and with `roles` although there are none. */
export function newUser(number: number): string {
  const attributes = { meta: { resourceType: 'User' }, ...userAttributes(number), roles: [] };
  return JSON.stringify({ schemas: [coreUser, enterpriseUser], ...attributes });
}

/** Body of `POST /Groups`: members follow in PATCH requests. */
export function newGroup(number: number): string {
  return JSON.stringify({ schemas: [coreGroup], ...groupAttributes(number), meta: { resourceType: 'Group' } });
}

/** What Entra replaces of a user whose account was switched off or on and who was renamed, in its default dialect. */
export function profileChange(revision: number): readonly object[] {
  return [
    { op: 'Replace', path: 'active', value: revision % 2 === 0 ? 'True' : 'False' },
    { op: 'Replace', path: 'displayName', value: `Mia Lind-Berg ${revision}` },
  ];
}

export function additionOf(userIds: readonly string[]): object {
  return { op: 'Add', path: 'members', value: userIds.map((value) => ({ $ref: null, value })) };
}

export function removalOf(userIds: readonly string[]): object {
  return { op: 'Remove', path: 'members', value: userIds.map((value) => ({ value })) };
}
