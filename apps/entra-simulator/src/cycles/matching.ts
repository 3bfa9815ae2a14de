import { ok, type Result } from '#kernel';
import { readList, readResource, serverWords } from '../client/answer-reading.js';
import { type ScimClient } from '../client/scim-client.js';
import { type Failure, get, type ScimRequest } from '../client/scim-request.js';

export interface Match {
  readonly id: string;
  /** False where the resource was there before. */
  readonly created: boolean;
}

/**
 * First contact with an object: the matching attributes in their order, each in a request of its own, and only if none
 * finds it the creation. A POST that was repeated for want of an answer may meet its own resource: that is a match.
 *
 * @returns undefined where it failed; the client has recorded why.
 */
export async function matchOrCreate(
  client: ScimClient,
  lookups: readonly string[],
  create: ScimRequest,
): Promise<Match | undefined> {
  const match = await findMatch(client, lookups);
  if (!match.ok) return undefined;
  if (match.value !== undefined) return { id: match.value, created: false };

  const outcome = await client.send(create);
  if (!outcome.ok) return undefined;
  const { status, attempts, body } = outcome.value;
  if (status === 409) {
    const own = attempts > 1 ? await findMatch(client, lookups) : ok(undefined);
    if (own.ok && own.value !== undefined) return { id: own.value, created: false };
    client.refuse(create, status, serverWords(outcome.value));
    return undefined;
  }
  const resource = readResource(body);
  if (resource !== undefined) return { id: resource.id, created: true };
  client.refuse(create, status, 'the answer is not a resource with an id');
  return undefined;
}

/** @returns the id of the one resource that has the attribute, undefined where there is none. */
export async function findMatch(
  client: ScimClient,
  lookups: readonly string[],
): Promise<Result<string | undefined, Failure>> {
  for (const path of lookups) {
    const request = get(path);
    const outcome = await client.send(request);
    if (!outcome.ok) return outcome;
    const { status, body } = outcome.value;
    const list = readList(body);
    if (list === undefined) return client.refuse(request, status, 'the answer is not a ListResponse');
    if (list.totalResults > 1) {
      return client.refuse(request, status, `DuplicateTargetEntries: ${list.totalResults} resources match`);
    }
    if (list.totalResults === 0) continue;
    const found = readResource(list.resources[0]);
    return found ? ok(found.id) : client.refuse(request, status, 'totalResults is 1, but no resource with an id came');
  }
  return ok(undefined);
}
