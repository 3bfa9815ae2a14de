import type { JsonObject } from '#kernel';
import { enterpriseUrn, userUrn } from '../support/directory-requests.js';

/** What Entra sends for a person whose every attribute of the default mapping has a value, key by key. */
export function mappedUser(userName: string): JsonObject {
  return {
    schemas: [userUrn, enterpriseUrn],
    externalId: 'mlind',
    userName,
    active: true,
    displayName: 'Mia Lind',
    title: 'Analyst',
    preferredLanguage: 'sv-SE, en;q=0.5',
    emails: [{ primary: true, type: 'work', value: 'Mia.Lind@Acme.test' }],
    meta: { resourceType: 'User' },
    name: { formatted: 'Mia Lind', familyName: 'Lind', givenName: 'Mia' },
    addresses: [
      {
        type: 'work',
        formatted: 'HQ-4',
        streetAddress: '1 Elm Rd',
        locality: 'Lund',
        region: 'Skåne',
        postalCode: '22100',
        country: 'Sweden',
      },
    ],
    phoneNumbers: [
      { type: 'work', value: '555-0199' },
      { type: 'mobile', value: '+46 70 000 00 01' },
      { type: 'fax', value: 'ext. 7 (ask)' },
    ],
    roles: [],
    [enterpriseUrn]: { department: 'Risk', employeeNumber: 'E-881' },
  };
}

/** The sample of Microsoft's documentation: a malformed URN, explicit nulls, extension attributes at the top level. */
export function documentedUser(userName: string): JsonObject {
  return {
    schemas: [userUrn, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
    externalId: '0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
    userName,
    active: true,
    addresses: null,
    title: null,
    manager: null,
    department: 'Tours',
    displayName: 'BillG',
    emails: null,
    ims: null,
    nickName: null,
    meta: { resourceType: 'User', created: null },
    name: { familyName: 'Gates', givenName: 'Bill', formatted: null },
    roles: [],
  };
}
