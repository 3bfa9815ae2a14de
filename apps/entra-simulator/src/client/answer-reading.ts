import { isJsonObject, type JsonObject, type JsonValue } from '#kernel';
import { listResponseSchema } from '../wire/schema-uris.js';

const quotedLength = 200;

export interface ListAnswer {
  readonly totalResults: number;
  readonly startIndex: number | undefined;
  readonly resources: readonly JsonObject[];
}

/** @returns undefined where the body is not a ListResponse (RFC 7644 section 3.4.2) that Entra could read. */
export function readList(body: JsonValue | undefined): ListAnswer | undefined {
  if (!isJsonObject(body) || !Array.isArray(body['schemas']) || !body['schemas'].includes(listResponseSchema)) return;
  const { totalResults, startIndex, Resources: resources = [] } = body;
  if (typeof totalResults !== 'number' || !Array.isArray(resources)) return;
  return {
    totalResults,
    startIndex: typeof startIndex === 'number' ? startIndex : undefined,
    resources: resources.filter(isJsonObject),
  };
}

/** @returns undefined where the body is not a resource with an id. */
export function readResource(body: JsonValue | undefined): (JsonObject & { readonly id: string }) | undefined {
  if (!isJsonObject(body) || typeof body['id'] !== 'string' || body['id'] === '') return;
  return body as JsonObject & { readonly id: string };
}

/** What the server said: scimType and detail of a SCIM Error, or the beginning of whatever came instead. */
export function serverWords(answer: { readonly text: string; readonly body: JsonValue | undefined }): string {
  if (isJsonObject(answer.body)) {
    const { scimType, detail } = answer.body;
    const words = [scimType, detail].filter((part): part is string => typeof part === 'string' && part !== '');
    if (words.length > 0) return words.join(': ');
  }
  const text = answer.text.trim();
  if (text === '') return '(empty body)';
  return text.length > quotedLength ? `${text.slice(0, quotedLength)}...` : text;
}
