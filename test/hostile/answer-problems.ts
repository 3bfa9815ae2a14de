import type { JsonObject } from '#kernel';
import type { ScimReply } from '../support/scim-client.js';
import { entraContentType } from '../support/scim-client.js';

const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';
/** RFC 7644 table 9 and RFC 9865 section 2.1. */
const scimTypes: ReadonlySet<unknown> = new Set([
  undefined,
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
]);

/** Longest answer to a mistake, characters: it must not repeat all that a client has sent. */
const longestError = 2_000;

/** @returns what no answer may be like, whatever the request. @param method of the request: HEAD has no body */
export function answerProblems(method: string, { status, headers, text, body }: ScimReply): string[] {
  if (status === 501) return method === 'HEAD' ? [] : errorProblems(status, body);
  if (status >= 500) return [`failed with ${status} ${text}`];
  if (method === 'HEAD') return [];
  if (status >= 400) {
    return [
      ...errorProblems(status, body),
      ...(headers['content-type'] === entraContentType ? [] : ['is an error of another media type']),
      ...(status === 401 && headers['www-authenticate'] === undefined ? ['does not say how to authenticate'] : []),
      ...(status === 405 && !headers['allow'] ? ['does not say which methods are allowed'] : []),
    ];
  }
  if (status === 204 || status === 304) return text === '' ? [] : ['has a body it must not have'];
  return body['schemas'] === undefined ? ['says no schemas'] : bulkProblems(body);
}

/** @returns what is wrong with a SCIM error (RFC 7644 section 3.12). */
function errorProblems(status: number, body: JsonObject): string[] {
  const { schemas, status: said, scimType, detail, ...others } = body;
  return [
    ...(JSON.stringify(schemas) === JSON.stringify([errorSchema]) ? [] : ['is no SCIM error']),
    ...(said === String(status) ? [] : [`says ${JSON.stringify(said)} for its status ${status}`]),
    ...(scimTypes.has(scimType) ? [] : [`has the scimType ${JSON.stringify(scimType)}`]),
    ...(typeof detail === 'string' && detail.length > 15 ? [] : ['does not help']),
    ...(typeof detail === 'string' && /undefined|\[object|NaN/.test(detail) ? [`says '${detail}'`] : []),
    ...(Object.keys(others).length > 0 ? [`has ${Object.keys(others).join()} too`] : []),
    ...(JSON.stringify(body).length > longestError ? ['repeats too much'] : []),
  ];
}

function bulkProblems({ schemas, Operations: results }: JsonObject): string[] {
  if (JSON.stringify(schemas) !== '["urn:ietf:params:scim:api:messages:2.0:BulkResponse"]') return [];
  return (results as JsonObject[]).flatMap(({ status, response }) => {
    if (Number(status) < 400) return [];
    return Number(status) < 500
      ? errorProblems(Number(status), response as JsonObject)
      : [`an operation failed: ${status as string}`];
  });
}
