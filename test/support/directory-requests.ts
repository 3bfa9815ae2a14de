import { randomUUID } from 'node:crypto';
import type { JsonObject } from '#kernel';
import { expectBody } from './scim-answers.js';
import type { ScimClient, ScimReply } from './scim-client.js';

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A resource that was created for a test. */
export interface Created {
  readonly id: string;
  /** Its address below the tenant's base URL. */
  readonly path: string;
  /** Its `userName`, or a group's `displayName`. */
  readonly name: string;
  readonly body: JsonObject;
}

/** A name nobody else has, for tests that share one server. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomUUID()}`;
}

export function createUser(client: ScimClient, attributes: object = {}): Promise<Created> {
  return create(client, '/Users', { schemas: [userUrn], userName: `${uniqueName('user')}@acme.test`, ...attributes });
}

export function createGroup(client: ScimClient, attributes: object = {}): Promise<Created> {
  return create(client, '/Groups', { schemas: [groupUrn], displayName: uniqueName('group'), ...attributes });
}

/** The ids of a group's members as a GET shows them, in order. */
export async function memberIds(client: ScimClient, groupPath: string): Promise<string[]> {
  return membersIn(await client.get(groupPath)).map(({ value }) => value);
}

/** The ids of the groups a user says it is in, in order. */
export async function groupIds(client: ScimClient, userPath: string): Promise<string[]> {
  const { body } = await client.get(userPath);
  return ((body['groups'] ?? []) as { value: string }[]).map(({ value }) => value);
}

export function membersIn({ body }: ScimReply): readonly { readonly value: string }[] {
  return (body['members'] ?? []) as { value: string }[];
}

async function create(client: ScimClient, endpoint: string, attributes: object): Promise<Created> {
  const body = expectBody(await client.post(endpoint, attributes), 201);
  const id = body['id'] as string;
  const name = body[endpoint === '/Users' ? 'userName' : 'displayName'] as string;
  return { id, path: `${endpoint}/${id}`, name, body };
}
