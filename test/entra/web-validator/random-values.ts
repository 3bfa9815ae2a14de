import { randomBytes } from 'node:crypto';
import type { JsonValue } from '#kernel';
import { enterpriseUrn } from '../../support/directory-requests.js';
import type { MappedValues } from './request-shapes.js';

/** The validator writes such words into every free text, be it a locale or an address of a web page. */
export function word(): string {
  return randomBytes(10)
    .toString('hex')
    .replace(/\d/g, (digit) => 'KLMNOPQRST'[Number(digit)] ?? '')
    .toUpperCase();
}

export function mailAddress(): string {
  return `${word().toLowerCase()}@${word().toLowerCase()}.test`;
}

const addressParts = ['formatted', 'streetAddress', 'locality', 'region', 'postalCode'];
const texts = ['displayName', 'title', 'nickName', 'userType', 'preferredLanguage', 'locale', 'timezone', 'profileUrl'];
const nameParts = ['formatted', 'familyName', 'givenName', 'middleName', 'honorificPrefix', 'honorificSuffix'];
const enterpriseTexts = ['employeeNumber', 'costCenter', 'organization', 'division', 'department'];

/** A value for every attribute of a user the validator knows but `userName`, drawn anew at every call. */
export function randomUserValues(): MappedValues {
  const words = (paths: readonly string[]) => paths.map((path): [string, JsonValue] => [path, word()]);
  return Object.fromEntries<JsonValue>([
    ['externalId', word()],
    ['active', true],
    ...words(texts),
    ...words(nameParts.map((part) => `name.${part}`)),
    ...['work', 'home', 'other'].flatMap((type): [string, JsonValue][] => [
      [`emails[type eq "${type}"].value`, mailAddress()],
      ...words(addressParts.map((part) => `addresses[type eq "${type}"].${part}`)),
      [`addresses[type eq "${type}"].country`, 'Côte d’Ivoire'],
    ]),
    ['emails[type eq "work"].primary', 'true'],
    ...words(['work', 'mobile', 'fax', 'pager', 'home'].map((type) => `phoneNumbers[type eq "${type}"].value`)),
    ...words(['value', 'display', 'type'].map((part) => `roles[primary eq "True"].${part}`)),
    ...words(enterpriseTexts.map((name) => `${enterpriseUrn}:${name}`)),
    [`${enterpriseUrn}:manager`, { value: word() }],
  ]);
}
