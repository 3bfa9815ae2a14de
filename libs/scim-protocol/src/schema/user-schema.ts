import { attribute, complex, listed, primaryMark, reference } from './define-attribute.js';
import type { SchemaDefinition } from './schema-definition.js';

export const userSchemaUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

/**
 * RFC 7643 sections 4.1 and 8.7.1, with `externalId`, which clients that map attributes look for in the schema. Without
 * `password`: nobody logs in here, and what is listed is kept. `roles.type` has no canonical values, because Entra's
 * mapping addresses a role by `primary`.
 */
export const userSchema: SchemaDefinition = {
  id: userSchemaUrn,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('externalId', "The resource's identifier in the provisioning client.", { caseExact: true }),
    attribute('userName', 'The unique name of the user, usually what the user signs in with.', {
      required: true,
      uniqueness: 'server',
    }),
    complex('name', "The parts of the user's name.", [
      attribute('formatted', 'The full name as it is displayed.'),
      attribute('familyName', 'The family name.'),
      attribute('givenName', 'The given name.'),
      attribute('middleName', 'The middle names.'),
      attribute('honorificPrefix', 'What stands before the name, such as a title.'),
      attribute('honorificSuffix', 'What stands after the name, such as "III".'),
    ]),
    attribute('displayName', 'The name of the user as shown to others.'),
    attribute('nickName', 'The casual way to address the user.'),
    reference('profileUrl', "The address of the user's online profile.", ['external']),
    attribute('title', 'The user\'s title, such as "Vice President".'),
    attribute('userType', 'How the user relates to the organisation, such as "Contractor".'),
    attribute('preferredLanguage', 'The language the user prefers to read and write.'),
    attribute('locale', 'The region whose formats of dates, numbers and currency the user is used to.'),
    attribute('timezone', "The user's time zone."),
    attribute('active', 'Whether the user may use the applications.', { type: 'boolean' }),
    listed('emails', 'E-mail addresses.', attribute('value', 'The e-mail address.'), ['work', 'home', 'other']),
    listed('phoneNumbers', 'Phone numbers.', attribute('value', 'The phone number.'), [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    listed('ims', 'Instant messaging addresses.', attribute('value', 'The instant messaging address.'), [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    listed('photos', 'Pictures of the user.', reference('value', 'The address of the picture.', ['external']), [
      'photo',
      'thumbnail',
    ]),
    complex(
      'addresses',
      'Postal addresses.',
      [
        attribute('formatted', 'The full address as it is displayed.'),
        attribute('streetAddress', 'Street, house number and apartment.'),
        attribute('locality', 'The city.'),
        attribute('region', 'The state or region.'),
        attribute('postalCode', 'The postal code.'),
        attribute('country', 'The country.'),
        attribute('type', 'What the address is used for.', { canonicalValues: ['work', 'home', 'other'] }),
        primaryMark,
      ],
      { multiValued: true },
    ),
    complex(
      'groups',
      'The groups the user is a member of; changed through the groups.',
      [
        attribute('value', 'The identifier of the group.', { mutability: 'readOnly', caseExact: true }),
        reference('$ref', 'The address of the group.', ['Group'], { mutability: 'readOnly' }),
        attribute('display', 'The display name of the group.', { mutability: 'readOnly' }),
        attribute('type', 'How the user came into the group.', {
          mutability: 'readOnly',
          canonicalValues: ['direct', 'indirect'],
        }),
      ],
      { multiValued: true, mutability: 'readOnly' },
    ),
    listed('entitlements', 'What the user is entitled to.', attribute('value', 'The entitlement.')),
    listed('roles', "The user's roles in the application.", attribute('value', 'The role.')),
    listed(
      'x509Certificates',
      "The user's certificates.",
      attribute('value', 'The certificate: DER, base64.', { type: 'binary', caseExact: true }),
    ),
  ],
};
