import { describe, expect, it } from '@jest/globals';
import { type Person } from '../directory/person.js';
import { targetAttributes } from './attribute-map.js';
import { newGroupBody, newUserBody } from './resource-bodies.js';

const mia: Person = {
  key: 1,
  userPrincipalName: 'mlind@acme.test',
  mailNickname: 'mlind',
  givenName: 'Mia',
  surname: 'Lind',
  displayName: 'Mia Lind',
  jobTitle: 'Analyst',
  department: 'Risk',
  employeeId: 'E-881',
  preferredLanguage: 'sv-SE',
  site: { office: 'HQ-4', street: '1 Elm Rd', city: 'Lund', state: 'Skane', postalCode: '22100', country: 'Sweden' },
  mail: 'mlind@acme.test',
  telephone: '555-0199',
  mobile: '+46 70 000 00 01',
  fax: undefined,
  accountEnabled: true,
  managerKey: 7,
};

describe('a creation', () => {
  it('sends a user with everything the default attribute map names, and no manager', () => {
    expect(newUserBody(targetAttributes(mia))).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ],
      externalId: 'mlind',
      userName: 'mlind@acme.test',
      active: true,
      displayName: 'Mia Lind',
      title: 'Analyst',
      preferredLanguage: 'sv-SE',
      emails: [{ primary: true, type: 'work', value: 'mlind@acme.test' }],
      meta: { resourceType: 'User' },
      name: { formatted: 'Mia Lind', familyName: 'Lind', givenName: 'Mia' },
      addresses: [
        {
          type: 'work',
          formatted: 'HQ-4',
          streetAddress: '1 Elm Rd',
          locality: 'Lund',
          region: 'Skane',
          postalCode: '22100',
          country: 'Sweden',
        },
      ],
      phoneNumbers: [
        { type: 'work', value: '555-0199' },
        { type: 'mobile', value: '+46 70 000 00 01' },
      ],
      roles: [],
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Risk', employeeNumber: 'E-881' },
    });
  });

  it('leaves out what the source does not have', () => {
    const body = newUserBody(targetAttributes({ ...mia, mail: undefined, telephone: undefined, mobile: undefined }));
    expect(body).not.toHaveProperty('emails');
    expect(body).not.toHaveProperty('phoneNumbers');
  });

  it('sends a group without members and with a schema that is known to Microsoft only', () => {
    expect(newGroupBody({ displayName: 'Treasury', objectId: '5b7c0f3e-0000-4000-8000-00000000000a' })).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:Group',
        'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group',
      ],
      externalId: '5b7c0f3e-0000-4000-8000-00000000000a',
      displayName: 'Treasury',
      meta: { resourceType: 'Group' },
    });
  });
});
