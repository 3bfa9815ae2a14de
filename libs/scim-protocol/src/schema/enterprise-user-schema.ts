import { attribute, complex, reference } from './define-attribute.js';
import type { SchemaDefinition } from './schema-definition.js';

export const enterpriseUserSchemaUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** RFC 7643 sections 4.3 and 8.7.1. No part of `manager` is required: clients write it in more than one form. */
export const enterpriseUserSchema: SchemaDefinition = {
  id: enterpriseUserSchemaUrn,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'The identifier the organisation gave the person.'),
    attribute('costCenter', 'The name of the cost centre.'),
    attribute('organization', 'The name of the organisation.'),
    attribute('division', 'The name of the division.'),
    attribute('department', 'The name of the department.'),
    complex('manager', "The user's manager.", [
      attribute('value', "The identifier of the manager's user.", { caseExact: true }),
      reference('$ref', "The address of the manager's user.", ['User']),
      attribute('displayName', 'The display name of the manager.', { mutability: 'readOnly' }),
    ]),
  ],
};
