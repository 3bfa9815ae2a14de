import { SeededRandom } from './seeded-random.js';
import { departments, givenNames, jobTitles, languages, type Site, sites, surnames } from './vocabulary.js';

/** A user as Entra ID holds it: the source side of the attribute mapping. Changed people are new objects. */
export interface Person {
  /** Place in the company's register; never used twice. */
  readonly key: number;
  readonly userPrincipalName: string;
  readonly mailNickname: string;
  readonly givenName: string;
  readonly surname: string;
  readonly displayName: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly employeeId: string;
  readonly preferredLanguage: string;
  readonly site: Site;
  readonly mail: string | undefined;
  readonly telephone: string | undefined;
  readonly mobile: string | undefined;
  readonly fax: string | undefined;
  readonly accountEnabled: boolean;
  readonly managerKey: number | undefined;
}

/**
 * The person with this key in the company `companyName`: the same one however large the company is, so that a later run
 * with the same seed meets the same people on the server.
 */
export function hirePerson(companyName: string, key: number): Person {
  const random = new SeededRandom(`${companyName}/person/${key}`);
  const givenName = random.pick(givenNames);
  const mailNickname = `${companyName}-${key}`;
  const optional = (probability: number, value: string) => (random.chance(probability) ? value : undefined);
  const named = nameAfter({ givenName, mailNickname, mail: undefined }, random.pick(surnames));
  return {
    key,
    mailNickname,
    givenName,
    ...named,
    mail: optional(0.9, named.userPrincipalName),
    jobTitle: random.pick(jobTitles),
    department: random.pick(departments),
    employeeId: `E-${companyName}-${key}`,
    preferredLanguage: random.pick(languages),
    site: random.pick(sites),
    telephone: optional(0.8, `555-${1000 + random.below(9000)}`),
    mobile: optional(0.5, `+46 70 ${100 + random.below(900)} ${10 + random.below(90)} ${10 + random.below(90)}`),
    fax: optional(0.1, `555-${1000 + random.below(9000)} fax`),
    accountEnabled: true,
    managerKey: undefined,
  };
}

/** What a surname decides. The nickname's number keeps every user principal name unique in the company. */
export function nameAfter(person: Pick<Person, 'givenName' | 'mailNickname' | 'mail'>, surname: string) {
  const localPart = [person.givenName, surname, person.mailNickname].map(addressable).join('.');
  const userPrincipalName = `${localPart}@acme.test`;
  return {
    surname,
    displayName: `${person.givenName} ${surname}`,
    userPrincipalName,
    mail: person.mail === undefined ? undefined : userPrincipalName,
  };
}

/** Entra allows letters without accents, digits and a few marks in a user principal name; the apostrophe is one of them. */
function addressable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9'-]/g, '')
    .toLowerCase();
}
