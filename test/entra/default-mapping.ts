import { enterpriseUrn } from '../support/directory-requests.js';

/** Target attributes of a user in the default mapping of an application that is not in the gallery. */
export const mappedUserPaths = [
  'userName',
  'active',
  'displayName',
  'title',
  'emails[type eq "work"].value',
  'preferredLanguage',
  'name.givenName',
  'name.familyName',
  'name.formatted',
  'addresses[type eq "work"].formatted',
  'addresses[type eq "work"].streetAddress',
  'addresses[type eq "work"].locality',
  'addresses[type eq "work"].region',
  'addresses[type eq "work"].postalCode',
  'addresses[type eq "work"].country',
  'phoneNumbers[type eq "work"].value',
  'phoneNumbers[type eq "mobile"].value',
  'phoneNumbers[type eq "fax"].value',
  'externalId',
  `${enterpriseUrn}:employeeNumber`,
  `${enterpriseUrn}:department`,
  `${enterpriseUrn}:manager`,
] as const;

/** Those a person may lack. */
export const optionalUserPaths = mappedUserPaths.filter((path) => path !== 'userName');

/** Target attributes of a group. */
export const mappedGroupPaths = ['displayName', 'externalId', 'members'] as const;
