import { type Person } from '../directory/person.js';
import { enterpriseSchema } from './schema-uris.js';

export type AttributeValue = string | boolean;

/** Values by mapping target (see `attribute-path.ts`). */
export type AttributeValues = ReadonlyMap<string, AttributeValue>;

/** Where a user's manager is read back; it is set and cleared by operations of its own. */
export const managerPath = `${enterpriseSchema}:manager.value`;

/**
 * The attribute map of a non-gallery application as Entra sets it up. A source attribute without a value is left out:
 * Entra does not send it, and does not clear it on the target either.
 */
export function targetAttributes(person: Person): AttributeValues {
  const work = (attribute: string, sub: string) => `${attribute}[type eq "work"].${sub}`;
  const all: [string, AttributeValue | undefined][] = [
    ['externalId', person.mailNickname],
    ['userName', person.userPrincipalName],
    ['active', person.accountEnabled],
    ['displayName', person.displayName],
    ['title', person.jobTitle],
    [work('emails', 'value'), person.mail],
    ['preferredLanguage', person.preferredLanguage],
    ['name.formatted', `${person.givenName} ${person.surname}`],
    ['name.familyName', person.surname],
    ['name.givenName', person.givenName],
    [work('addresses', 'formatted'), person.site.office],
    [work('addresses', 'streetAddress'), person.site.street],
    [work('addresses', 'locality'), person.site.city],
    [work('addresses', 'region'), person.site.state],
    [work('addresses', 'postalCode'), person.site.postalCode],
    [work('addresses', 'country'), person.site.country],
    [work('phoneNumbers', 'value'), person.telephone],
    ['phoneNumbers[type eq "mobile"].value', person.mobile],
    ['phoneNumbers[type eq "fax"].value', person.fax],
    [`${enterpriseSchema}:department`, person.department],
    [`${enterpriseSchema}:employeeNumber`, person.employeeId],
  ];
  return new Map(all.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined));
}
