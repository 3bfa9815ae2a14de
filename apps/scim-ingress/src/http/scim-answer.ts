import { errorBody, scimError, type ScimError } from '#scim-protocol';

export const scimMediaType = 'application/scim+json; charset=utf-8';

/** What a handler answers; written by `ScimFastifyAdapter`. The body is finished text or absent. */
export class ScimAnswer {
  constructor(
    readonly status: number,
    readonly body?: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

export function errorAnswer(error: ScimError): ScimAnswer {
  return new ScimAnswer(error.status, JSON.stringify(errorBody(error)), errorHeaders[error.code]);
}

/** To a request without a bearer token: it is told how to authenticate, and of no error (RFC 6750 section 3.1). */
export function challengeAnswer(): ScimAnswer {
  const { status, body } = errorAnswer(scimError('unauthorized'));
  return new ScimAnswer(status, body, { 'WWW-Authenticate': 'Bearer' });
}

/** Headers that belong to an error: RFC 6750 section 3 for 401, RFC 9110 section 10.2.3 for 503. */
const errorHeaders: Partial<Record<ScimError['code'], Readonly<Record<string, string>>>> = {
  unauthorized: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  unavailable: { 'Retry-After': '5' },
  outcomeUnknown: { 'Retry-After': '5' },
  viewLate: { 'Retry-After': '5' },
};
