import { type JsonObject, ok, type Result } from '#kernel';
import { type ListAnswer, readList } from '../client/answer-reading.js';
import { type ScimClient } from '../client/scim-client.js';
import { type Failure, get } from '../client/scim-request.js';
import { page } from '../wire/lookups.js';

export const pageSize = 100;

/** Reads a whole list by index paging, page after page as account discovery does; a page may be shorter than asked. */
export async function listAll(
  client: ScimClient,
  resources: 'Users' | 'Groups',
): Promise<Result<{ readonly totalResults: number; readonly listed: JsonObject[] }, Failure>> {
  const listed: JsonObject[] = [];
  for (;;) {
    const request = get(page(resources, listed.length + 1, pageSize));
    const answer = await client.send(request);
    if (!answer.ok) return answer;
    const list = readList(answer.value.body);
    if (list === undefined) return client.refuse(request, answer.value.status, 'the answer is not a ListResponse');
    const problem = pagingProblem(list, listed.length + 1);
    if (problem !== undefined) return client.refuse(request, answer.value.status, problem);
    listed.push(...list.resources);
    if (list.resources.length === 0 || listed.length >= list.totalResults) {
      return ok({ totalResults: list.totalResults, listed });
    }
  }
}

function pagingProblem(list: ListAnswer, startIndex: number): string | undefined {
  if (list.resources.length > pageSize) return `${list.resources.length} resources on a page of ${pageSize}`;
  if (list.startIndex !== startIndex && list.resources.length > 0) {
    return `startIndex ${startIndex} was asked for, ${list.startIndex ?? 'none'} was answered`;
  }
  return undefined;
}
