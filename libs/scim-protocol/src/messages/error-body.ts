import type { JsonObject } from '#kernel';
import type { ScimError } from '../errors/scim-error.js';

/** Body of an error answer (RFC 7644 section 3.12). */
export function errorBody({ status, scimType, detail }: ScimError): JsonObject {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType && { scimType }),
    detail,
  };
}
