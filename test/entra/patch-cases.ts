import { enterpriseUrn as enterprise, userUrn } from '../support/directory-requests.js';

/** One wish of an administrator as both of Entra's dialects put it. */
export interface PatchCase {
  readonly wish: string;
  /** The user before, besides `userName` and `active`. */
  readonly before?: object;
  /** Operations without the flag `aadOptscim062020`, and with it. */
  readonly byDefault: readonly object[];
  readonly withFlag: readonly object[];
  /** The user after, besides `userName` and `active`. */
  readonly after: object;
  /** Its paths mean something else once it is met. */
  readonly unrepeatable?: true;
}

const workMail = (value: string, others: object = {}) => ({ type: 'work', value, ...others });
const address = 'addresses[type eq "work"]';

export const patchCases: readonly PatchCase[] = [
  {
    wish: 'add one string',
    byDefault: [{ op: 'Add', path: 'nickName', value: 'Mimi' }],
    withFlag: [{ op: 'add', value: { nickName: 'Mimi' } }],
    after: { nickName: 'Mimi' },
  },
  {
    wish: 'replace many attributes',
    before: {
      displayName: 'Mia Lind',
      externalId: 'mlind',
      name: { givenName: 'Mia', familyName: 'Lind' },
      emails: [workMail('old@acme.test', { primary: true })],
      [enterprise]: { employeeNumber: 'E-881', department: 'Risk' },
    },
    byDefault: [
      { op: 'Replace', path: 'displayName', value: 'Mia Lindh' },
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
      { op: 'Replace', path: 'name.familyName', value: 'Lindh' },
      { op: 'Replace', path: 'externalId', value: 'mlindh' },
      { op: 'Replace', path: `${enterprise}:employeeNumber`, value: 'E-882' },
    ],
    withFlag: [
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
      {
        op: 'replace',
        value: {
          displayName: 'Mia Lindh',
          externalId: 'mlindh',
          'name.familyName': 'Lindh',
          [`${enterprise}:employeeNumber`]: 'E-882',
        },
      },
    ],
    after: {
      displayName: 'Mia Lindh',
      externalId: 'mlindh',
      name: { givenName: 'Mia', familyName: 'Lindh' },
      emails: [workMail('mia@acme.test', { primary: true })],
      [enterprise]: { employeeNumber: 'E-882', department: 'Risk' },
    },
  },
  {
    wish: 'add what is there already',
    before: { title: 'Analyst', emails: [workMail('old@acme.test')] },
    byDefault: [
      { op: 'Add', path: 'title', value: 'Lead' },
      { op: 'Add', path: 'emails[type eq "work"].value', value: 'mia@acme.test' },
    ],
    withFlag: [{ op: 'add', value: { title: 'Lead', 'emails[type eq "work"].value': 'mia@acme.test' } }],
    after: { title: 'Lead', emails: [workMail('mia@acme.test')] },
  },
  {
    wish: 'change one of several e-mail addresses',
    before: { emails: [workMail('w@acme.test'), { type: 'home', value: 'h@acme.test', primary: true }] },
    ...spelled('Replace', 'emails[type eq "work"].value', 'mia@acme.test'),
    after: { emails: [workMail('mia@acme.test'), { type: 'home', value: 'h@acme.test', primary: true }] },
  },
  {
    wish: 'replace an e-mail address that is not there',
    ...spelled('Replace', 'emails[type eq "work"].value', 'mia@acme.test'),
    after: { emails: [workMail('mia@acme.test')] },
  },
  {
    wish: 'build one address from its parts',
    byDefault: [
      { op: 'Add', path: `${address}.locality`, value: 'Lund' },
      { op: 'Replace', path: `${address}.region`, value: 'Skane' },
      { op: 'Add', path: `${address}.country`, value: 'Sweden' },
    ],
    withFlag: [
      { op: 'add', path: `${address}.locality`, value: 'Lund' },
      { op: 'replace', path: `${address}.region`, value: 'Skane' },
      { op: 'add', value: { [`${address}.country`]: 'Sweden' } },
    ],
    after: { addresses: [{ type: 'work', locality: 'Lund', region: 'Skane', country: 'Sweden' }] },
  },
  {
    wish: 'add a phone number beside one of another type',
    before: { phoneNumbers: [{ type: 'work', value: '555-0199' }] },
    ...spelled('Add', 'phoneNumbers[type eq "mobile"].value', '+46 70'),
    after: {
      phoneNumbers: [
        { type: 'work', value: '555-0199' },
        { type: 'mobile', value: '+46 70' },
      ],
    },
  },
  {
    wish: 'make another e-mail address the primary one',
    before: { emails: [workMail('w@acme.test'), { type: 'home', value: 'h@acme.test', primary: true }] },
    byDefault: [{ op: 'Replace', path: 'emails[type eq "work"].primary', value: 'True' }],
    withFlag: [{ op: 'replace', path: 'emails[type eq "work"].primary', value: true }],
    after: {
      emails: [workMail('w@acme.test', { primary: true }), { type: 'home', value: 'h@acme.test', primary: false }],
    },
  },
  {
    wish: 'give a value another type',
    before: { emails: [workMail('w@acme.test')] },
    ...spelled('Replace', 'emails[type eq "work"].type', 'other'),
    after: { emails: [{ type: 'other', value: 'w@acme.test' }] },
    unrepeatable: true,
  },
  {
    wish: 'change the primary role',
    before: {
      roles: [
        { primary: true, value: 'Reader', type: 'App' },
        { primary: false, value: 'Guest' },
      ],
    },
    byDefault: [
      { op: 'Replace', path: 'roles[primary eq "True"].value', value: 'Editor' },
      { op: 'Replace', path: 'roles[primary eq "True"].display', value: 'Editors' },
    ],
    withFlag: [
      { op: 'replace', path: 'roles[primary eq true].value', value: 'Editor' },
      { op: 'replace', value: { 'roles[primary eq "True"].display': 'Editors' } },
    ],
    after: {
      roles: [
        { primary: true, value: 'Editor', type: 'App', display: 'Editors' },
        { primary: false, value: 'Guest' },
      ],
    },
  },
  {
    wish: 'give the first role as the primary one',
    ...spelled('Add', 'roles[primary eq "True"].value', 'Editor'),
    after: { roles: [{ primary: true, value: 'Editor' }] },
  },
  {
    wish: 'add roles that are JSON documents in strings',
    byDefault: [{ op: 'Add', path: 'roles', value: [{ value: '{"id":"r-1","value":"Editor"}' }] }],
    withFlag: [{ op: 'add', value: { roles: [{ value: '{"id":"r-1","value":"Editor"}' }] } }],
    after: { roles: [{ value: '{"id":"r-1","value":"Editor"}' }] },
  },
  {
    wish: 'replace all roles by others',
    before: { roles: [{ value: 'Reader' }, { value: 'Guest' }] },
    byDefault: [{ op: 'Replace', path: 'roles', value: [{ value: 'Editor' }] }],
    withFlag: [{ op: 'replace', value: { roles: [{ value: 'Editor' }] } }],
    after: { roles: [{ value: 'Editor' }] },
  },
  {
    wish: 'merge the parts of a name',
    before: { name: { givenName: 'Mia', familyName: 'Lind' } },
    byDefault: [{ op: 'Replace', path: 'name', value: { familyName: 'Lindh' } }],
    withFlag: [{ op: 'replace', value: { name: { familyName: 'Lindh' } } }],
    after: { name: { givenName: 'Mia', familyName: 'Lindh' } },
  },
  {
    wish: 'write an extension attribute by its URN or in an object under it',
    before: { [enterprise]: { department: 'Risk' } },
    byDefault: [{ op: 'Add', path: `${enterprise}:costCenter`, value: '4711' }],
    withFlag: [{ op: 'add', value: { [enterprise]: { costCenter: '4711' } } }],
    after: { [enterprise]: { department: 'Risk', costCenter: '4711' } },
  },
  {
    wish: 'name core attributes with their URN, all names in any case',
    byDefault: [
      { op: 'ADD', path: `${userUrn}:title`, value: 'Analyst' },
      { op: 'rEPLACE', path: 'DISPLAYNAME', value: 'Mia' },
      { op: 'Add', path: `${enterprise.toUpperCase()}:DEPARTMENT`, value: 'Risk' },
    ],
    withFlag: [
      {
        op: 'add',
        value: {
          [`${userUrn}:Title`]: 'Analyst',
          DisplayName: 'Mia',
          [`${enterprise.toLowerCase()}:Department`]: 'Risk',
        },
      },
    ],
    after: { title: 'Analyst', displayName: 'Mia', [enterprise]: { department: 'Risk' } },
  },
  {
    wish: 'remove what is there and what is not',
    before: {
      title: 'Analyst',
      phoneNumbers: [
        { type: 'mobile', value: '+46 70' },
        { type: 'work', value: '1' },
      ],
    },
    byDefault: [
      { op: 'Remove', path: 'title' },
      { op: 'Remove', path: 'phoneNumbers[type eq "mobile"].value' },
      { op: 'Remove', path: 'phoneNumbers[type eq "fax"].value' },
      { op: 'Remove', path: `${enterprise}:department` },
    ],
    withFlag: [
      { op: 'remove', path: 'title', value: 'Analyst' },
      { op: 'remove', path: 'phoneNumbers[type eq "mobile"]' },
      { op: 'remove', path: 'phoneNumbers[type eq "fax"]' },
      { op: 'remove', path: `${enterprise}:department` },
    ],
    after: { phoneNumbers: [{ type: 'work', value: '1' }] },
  },
  {
    wish: 'leave out what nobody knows, beside what is known',
    before: { title: 'Analyst' },
    byDefault: [
      { op: 'Add', path: 'shoeSize', value: '42' },
      { op: 'Add', path: 'urn:ietf:params:scim:schemas:extension:Vendor:2.0:User:badge', value: 'b' },
      { op: 'Add', path: `${enterprise}:shoeSize`, value: '42' },
      { op: 'Replace', path: 'title', value: 'Lead' },
    ],
    withFlag: [
      {
        op: 'replace',
        value: {
          shoeSize: '42',
          'name.shoeSize': '42',
          'urn:ietf:params:scim:schemas:extension:Vendor:2.0:User:badge': 'b',
          'urn:example:vendor': { badge: 'b' },
          title: 'Lead',
        },
      },
    ],
    after: { title: 'Lead' },
  },
];

/** One operation whose dialects differ only in the spelling of its name. */
function spelled(op: string, path: string, value: unknown): Pick<PatchCase, 'byDefault' | 'withFlag'> {
  return { byDefault: [{ op, path, value }], withFlag: [{ op: op.toLowerCase(), path, value }] };
}
