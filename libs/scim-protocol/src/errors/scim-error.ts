/** Detail error keywords of RFC 7644 table 9 and RFC 9865 section 2.3. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

interface CatalogueEntry {
  readonly status: number;
  readonly scimType?: ScimType;
  /** `{name}` stands for a parameter. Read by the customer's administrator in Entra's log: it says what to change. */
  readonly template: string;
}

/** Every error a SCIM answer can carry. docs/errors.md lists it. */
export const scimErrorCatalogue = {
  bodyNotJson: { status: 400, scimType: 'invalidSyntax', template: 'The request body is not valid JSON: {reason}.' },
  bodyNotObject: { status: 400, scimType: 'invalidSyntax', template: 'The request body must be a JSON object.' },
  wrongType: { status: 400, scimType: 'invalidValue', template: '{path} must be {expected}, but {actual} was sent.' },
  invalidText: {
    status: 400,
    scimType: 'invalidValue',
    template: '{path} contains {problem}, which cannot be stored.',
  },
  textTooLong: { status: 400, scimType: 'invalidValue', template: '{path} is longer than {limit} characters.' },
  tooManyValues: { status: 400, scimType: 'invalidValue', template: '{path} cannot have more than {limit} values.' },
  resourceTooLarge: {
    status: 400,
    scimType: 'invalidValue',
    template: 'The {resourceType} would be larger than {limit} characters. Remove values before you add others.',
  },
  requiredMissing: { status: 400, scimType: 'invalidValue', template: '{path} is required and must not be empty.' },
  requiredRemoved: { status: 400, scimType: 'mutability', template: '{path} is required and cannot be removed.' },
  severalPrimary: {
    status: 400,
    scimType: 'invalidValue',
    template: '{path} has more than one value marked as primary.',
  },
  readOnly: { status: 400, scimType: 'mutability', template: '{path} is read-only.' },
  immutable: { status: 400, scimType: 'mutability', template: '{path} cannot be changed once it has a value.' },
  nameTaken: {
    status: 409,
    scimType: 'uniqueness',
    template: "{path} '{value}' is already taken by another {resourceType}.",
  },
  pageTooLarge: {
    status: 400,
    scimType: 'tooMany',
    template:
      'The page would be larger than 16 MB. Ask for {count} resources or fewer with count, leave attributes out (members, say), or page by cursor.',
  },
  invalidFilter: { status: 400, scimType: 'invalidFilter', template: 'The filter is not valid: {reason}.' },
  unfilterable: { status: 400, scimType: 'invalidFilter', template: '{path} cannot be used in a filter: {reason}.' },
  invalidPath: {
    status: 400,
    scimType: 'invalidPath',
    template: "Operation {index}: the path '{path}' is not valid: {reason}.",
  },
  noTarget: {
    status: 400,
    scimType: 'noTarget',
    template: "Operation {index}: the path '{path}' matches nothing to change.",
  },
  pathMissing: { status: 400, scimType: 'noTarget', template: 'Operation {index}: "remove" needs a path.' },
  invalidOperation: { status: 400, scimType: 'invalidSyntax', template: 'Operation {index}: {reason}.' },
  operationValue: { status: 400, scimType: 'invalidValue', template: 'Operation {index}: {reason}' },
  invalidSyntax: { status: 400, scimType: 'invalidSyntax', template: '{reason}.' },
  invalidValue: { status: 400, scimType: 'invalidValue', template: '{reason}.' },
  invalidCursor: {
    status: 400,
    scimType: 'invalidCursor',
    template: 'The cursor is not valid for this query. Start again without a cursor.',
  },
  invalidCount: {
    status: 400,
    scimType: 'invalidCount',
    template: 'count must be between 1 and {limit} with a cursor.',
  },
  unresolvedReference: {
    status: 409,
    template: "'bulkId:{bulkId}' stands for nothing: no POST of this request has created a resource with that bulkId.",
  },
  createdInPart: {
    status: 409,
    template: 'The {resourceType} was created, but a circular reference of it was left out: {reason}',
  },
  notFound: { status: 404, template: "{resourceType} '{id}' does not exist." },
  noSuchEndpoint: { status: 404, template: '{method} {path} is not a SCIM endpoint of this server.' },
  methodNotAllowed: { status: 405, template: '{method} is not supported on {path}.' },
  unauthorized: {
    status: 401,
    template: 'The bearer token is missing or not valid for this tenant. Check the secret token in Entra.',
  },
  versionMismatch: {
    status: 412,
    template: 'The resource is at version {actual}, which If-Match or If-None-Match rules out.',
  },
  versionUnknown: { status: 412, template: 'If-Match {tag} is not a version this server ever gave.' },
  discoveryFilter: { status: 403, template: 'This endpoint takes no filter.' },
  payloadTooLarge: { status: 413, template: '{reason}.' },
  unsupportedMediaType: {
    status: 415,
    template: "Content-Type '{mediaType}' is not supported. Use application/scim+json.",
  },
  unsupportedContentEncoding: {
    status: 415,
    template: "Content-Encoding '{encoding}' is not supported. Send the body as it is.",
  },
  expectationFailed: {
    status: 417,
    template: "Expect '{expectation}' cannot be met. Send the request without it.",
  },
  notImplemented: { status: 501, template: '{reason}.' },
  requestTimeout: { status: 408, template: 'The request was not received completely in time.' },
  headersTooLarge: {
    status: 431,
    template: 'The request address and headers are too long together. Send a long filter to POST /.search.',
  },
  unavailable: { status: 503, template: 'The change could not be stored and was not made: {reason}. Try again later.' },
  outcomeUnknown: {
    status: 503,
    template: 'It is not known whether the change was stored. Send the request again.',
  },
  viewLate: {
    status: 503,
    template:
      'The answer would not be complete yet: the server has not taken in everything that it stored. Try again later.',
  },
  internal: { status: 500, template: 'Something failed on the server. It is logged under request id {requestId}.' },
} as const satisfies Record<string, CatalogueEntry>;

export type ScimErrorCode = keyof typeof scimErrorCatalogue;

/** An expected refusal in SCIM's words; becomes the body of RFC 7644 section 3.12 at the edge. */
export interface ScimError {
  readonly code: ScimErrorCode;
  readonly status: number;
  readonly scimType?: ScimType;
  readonly detail: string;
}

type Placeholders<Template extends string> = Template extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

type Parameters<Code extends ScimErrorCode> = Placeholders<(typeof scimErrorCatalogue)[Code]['template']>;

/** Longest text of a client's that is repeated in a detail, UTF-16 units. */
const longestQuote = 200;

/** Cut between characters, and without half characters: an answer is UTF-8. */
function quoted(text: string): string {
  if (text.length <= longestQuote) return text.toWellFormed();
  const isPairCut = (text.codePointAt(longestQuote - 1) ?? 0) > 0xffff;
  return `${text.slice(0, isPairCut ? longestQuote - 1 : longestQuote).toWellFormed()}...`;
}

export function scimError<Code extends ScimErrorCode>(
  code: Code,
  ...[parameters]: [Parameters<Code>] extends [never] ? [] : [Record<Parameters<Code>, string | number>]
): ScimError {
  const entry: CatalogueEntry = scimErrorCatalogue[code];
  const values: Record<string, string | number> = parameters ?? {};
  const detail = entry.template.replace(/\{(\w+)\}/g, (_, name: string) => {
    return quoted(String(values[name]));
  });
  return { code, status: entry.status, detail, ...(entry.scimType && { scimType: entry.scimType }) };
}
