import { describe, expect, it } from '@jest/globals';
import { expectList, expectRefusal } from '../support/scim-answers.js';
import type { ScimReply } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { answersIn, exchangeBytes } from './raw-http.js';

const scim = serverUnderTest();

/** @param fields beside the token; the last request on its connection, unless more is to follow. */
function request(method: string, fields: readonly string[], version = 'HTTP/1.1'): string {
  const path = `${new URL(scim.server.tenantUrl).pathname}/Users`;
  const lines = [`${method} ${path} ${version}`, `Authorization: Bearer ${scim.server.token}`, ...fields];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

async function answersTo(bytes: string): Promise<ScimReply[]> {
  return answersIn(await exchangeBytes(scim.server.origin, Buffer.from(bytes)));
}

const host = 'Host: acme.test';
const close = 'Connection: close';

describe('the name of the host', () => {
  it.each([
    ['is missing', [close]],
    ['stands twice', [host, 'host: other.test', close]],
    ['stands twice, although alike', [host, host, close]],
  ])('is demanded, once (RFC 9112 section 3.2): %s', async (_, fields) => {
    const [reply] = await answersTo(request('GET', fields));
    expectRefusal(reply as ScimReply, 400, {
      scimType: 'invalidSyntax',
      detail: 'The request must have one Host header.',
    });
  });

  it('is not demanded of HTTP/1.0', async () => {
    const [reply] = await answersTo(request('GET', [], 'HTTP/1.0'));
    expect(expectList(reply as ScimReply, { totalResults: 0 })).toEqual([]);
  });
});

describe('an expectation', () => {
  it('that nobody here can meet is refused (RFC 9110 section 10.1.1)', async () => {
    const [reply] = await answersTo(request('POST', [host, 'Expect: foo', close]));
    expectRefusal(reply as ScimReply, 417, { detail: "Expect 'foo' cannot be met. Send the request without it." });
  });
});

describe('a method that nobody knows', () => {
  it.each(['FOO', 'GETX', 'get'])('is not implemented (RFC 9110 section 9.1): %s', async (method) => {
    const [reply] = await answersTo(request(method, [host]));
    expectRefusal(reply as ScimReply, 501, { detail: `${method} is not a method of HTTP that this server knows.` });
  });

  it('is told from the request before it', async () => {
    const body = [host, 'Content-Type: application/json', 'Content-Length: 2'];
    const [created, unknown] = await answersTo(`${request('POST', body)}{}${request('FOO', [host])}`);
    expect([created?.status, unknown?.status]).toEqual([400, 501]);
    expect(unknown?.body['detail']).toMatch(/^FOO /);
  });

  it('is not what stands where no request begins', async () => {
    for (const bytes of ['GARBAGE\r\n\r\n', 'FOO bar\r\n\r\n', `${'X'.repeat(100)} / HTTP/1.1\r\n\r\n`]) {
      const [reply] = await answersTo(bytes);
      expectRefusal(reply as ScimReply, 400, { scimType: 'invalidSyntax', detail: 'The request is not valid HTTP.' });
    }
  });
});
