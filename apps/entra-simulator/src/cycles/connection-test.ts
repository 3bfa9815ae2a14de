import { randomUUID } from 'node:crypto';
import { readList } from '../client/answer-reading.js';
import { type ScimClient } from '../client/scim-client.js';
import { type Failure, get } from '../client/scim-request.js';
import { findGroupBy, findUserBy } from '../wire/lookups.js';

/**
 * Entra's "Test Connection": looks for a user and a group that cannot exist.
 *
 * @returns what an admin has to know when the test fails, undefined when it succeeds.
 */
export async function testConnection(client: ScimClient): Promise<string | undefined> {
  const failure = await probe(client);
  return failure && `GET ${failure.path}: ${explain(failure)}`;
}

/** The test's two questions, which a running job also asks now and then to keep its connection. */
export async function probe(client: ScimClient): Promise<Failure | undefined> {
  for (const path of [findUserBy('userName', randomUUID()), findGroupBy('displayName', randomUUID())]) {
    const request = get(path);
    const outcome = await client.send(request);
    if (!outcome.ok) return outcome.error;
    const { status, body, contentType } = outcome.value;
    const list = readList(body);
    const problem =
      list === undefined
        ? 'the answer is not a ListResponse'
        : list.totalResults !== 0
          ? `totalResults is ${list.totalResults} for a name nobody has: the filter is not applied`
          : !contentType.startsWith('application/scim+json')
            ? `the answer's media type is "${contentType}", not application/scim+json`
            : undefined;
    if (problem !== undefined) return client.refuse(request, status, problem).error;
  }
  return undefined;
}

function explain({ status, words }: Failure): string {
  if (status === undefined) return `no answer (${words}). Entra reports CredentialValidationUnavailable.`;
  if (status === 200) return `${words}. Entra reports SystemForCrossDomainIdentityManagementServiceIncompatible.`;
  const answer = `${status} (${words})`;
  if (status === 401 || status === 403) {
    return `${answer}. Entra reports invalid credentials, and quarantines a running job at once.`;
  }
  if (status === 404) {
    return `${answer}. A filter without a match must be 200 with totalResults 0; is the tenant URL right?`;
  }
  if (status >= 300 && status < 400) return `${answer}. Entra is not known to follow redirects: answer on this URL.`;
  if (status >= 500) return `${answer}. Entra reports CredentialValidationUnavailable.`;
  return `${answer}. Expected 200 with totalResults 0.`;
}
