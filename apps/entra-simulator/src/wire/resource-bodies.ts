import { isJsonObject, type JsonObject } from '#kernel';
import { type AttributeValues } from './attribute-map.js';
import { writeAttribute } from './attribute-path.js';
import { enterpriseSchema, groupSchema, microsoftGroupSchema, userSchema } from './schema-uris.js';

/** Body of `POST /Users`. Entra sends `meta`, and `roles` even when there are none; managers follow in a PATCH. */
export function newUserBody(attributes: AttributeValues): JsonObject {
  const body: JsonObject = {
    schemas: [userSchema, enterpriseSchema],
    meta: { resourceType: 'User' },
    roles: [],
  };
  for (const [path, value] of attributes) writeAttribute(body, path, value);
  const emails = body['emails'];
  if (Array.isArray(emails) && isJsonObject(emails[0])) emails[0]['primary'] = true;
  return body;
}

/** Body of `POST /Groups`: always without members, they follow in PATCHes. */
export function newGroupBody(group: { readonly displayName: string; readonly objectId: string }): JsonObject {
  return {
    schemas: [groupSchema, microsoftGroupSchema],
    externalId: group.objectId,
    displayName: group.displayName,
    meta: { resourceType: 'Group' },
  };
}
