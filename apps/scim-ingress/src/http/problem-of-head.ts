import type { IncomingMessage } from 'node:http';
import { type ScimError, scimError } from '#scim-protocol';

/** What HTTP itself has a server refuse, told by the head of a request. */
export function problemOfHead({ headers, httpVersion, rawHeaders }: IncomingMessage): ScimError | undefined {
  const hosts = hostsIn(rawHeaders);
  if (hosts > 1 || (hosts === 0 && httpVersion === '1.1')) {
    return scimError('invalidSyntax', { reason: 'The request must have one Host header' });
  }
  // HTTP/1.0 has no expectations.
  const { expect: expectation } = headers;
  if (expectation === undefined || httpVersion !== '1.1' || /100-continue/i.test(expectation)) return undefined;
  return scimError('expectationFailed', { expectation });
}

/** Node gives the first of several lines only (RFC 9112 section 3.2). */
function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let place = 0; place < rawHeaders.length; place += 2) {
    const name = rawHeaders[place] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
