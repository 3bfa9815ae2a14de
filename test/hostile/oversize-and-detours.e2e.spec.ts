import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { createGroup, createUser, userUrn } from '../support/directory-requests.js';
import { expectBody, expectRefusal } from '../support/scim-answers.js';
import { patchOp, type ScimReply } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';
import { answersIn, exchangeBytes } from './raw-http.js';

const scim = serverUnderTest();
const far = 100_000;
/** Counted before the body is parsed, and so before anybody knows that its values are operations. */
const tooManyValues = 'The request body has more than 250000 values. Send them in several requests.';
const repeated = <T>(make: (index: number) => T): T[] => Array.from({ length: far }, (_, index) => make(index));

describe('a request of 100,000 operations', () => {
  it('as a PATCH is refused before anything of it is done', async () => {
    for (const { path, body } of [await createUser(scim.client), await createGroup(scim.client)]) {
      const operations = repeated((index) => ({ op: 'add', path: 'externalId', value: `${index}` }));
      const reply = await scim.client.patch(path, patchOp(...operations));
      expectRefusal(reply, 413, { detail: tooManyValues });
      expect(expectBody(await scim.client.get(path), 200)).toEqual(body);
    }
  });

  it('in bulk is refused before anything of it is done', async () => {
    const userName = 'bulk';
    const operations = repeated((index) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `${index}`,
      data: { userName },
    }));
    const reply = await scim.client.post('/Bulk', { Operations: operations });
    expectRefusal(reply, 413, { detail: tooManyValues });
    expect((await scim.client.find('/Users', `userName eq "${userName}"`)).body['totalResults']).toBe(0);
  });
});

describe('a body of more than 10 MB', () => {
  it('is refused as soon as it is too long, where its length was not said before', async () => {
    const sending = request(`${scim.server.tenantUrl}/Users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${scim.server.token}`, 'content-type': 'application/scim+json' },
    });
    // The server hangs up on what is still being sent.
    sending.on('error', () => undefined);
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    const megabyte = 'x'.repeat(1024 * 1024);
    for (let sent = 0; sent <= 10; sent++) sending.write(megabyte);
    const [answer] = await answered;
    const content = await text(answer);
    sending.destroy();
    const reply = {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      text: content,
      body: JSON.parse(content) as JsonObject,
    };
    expectRefusal(reply, 413, { detail: /exceeds maxPayloadSize \(10485760 bytes\)/ });
  });
});

describe('an address in absolute form', () => {
  it('is refused in the words of SCIM too', async () => {
    const path = `${new URL(scim.server.tenantUrl).pathname}/Users`;
    const lines = [
      `POST http://elsewhere.test${path} HTTP/1.1`,
      'Host: elsewhere.test',
      `Authorization: Bearer ${scim.server.token}`,
      'Content-Length: 2',
      'Content-Type: text/plain',
      'Connection: close',
    ];
    const [reply] = answersIn(await exchangeBytes(scim.server.origin, Buffer.from(`${lines.join('\r\n')}\r\n\r\n{}`)));
    expectRefusal(reply as ScimReply, 415, { detail: /text\/plain/ });
  });
});

describe('a method that no endpoint has', () => {
  it.each(['OPTIONS', 'TRACE', 'PROPFIND', 'SEARCH', 'LOCK', 'QUERY'])(
    'is refused with those that it has: %s',
    async (method) => {
      const { path } = await createUser(scim.client);
      for (const [address, allow] of [
        [path, 'GET, PUT, PATCH, DELETE'],
        ['/Users', 'GET, POST'],
        ['/Bulk', 'POST'],
        ['/Schemas', 'GET'],
      ] as const) {
        const reply = await scim.client.send(method, address);
        expectRefusal(reply, 405, { detail: new RegExp(`^${method} is not supported on `) });
        expect(reply.headers['allow']).toBe(allow);
      }
    },
  );

  it('is not taken from a header either', async () => {
    const { path } = await createUser(scim.client);
    const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE', 'x-http-method': 'DELETE' };
    expectBody(await scim.client.get(path, { headers }), 200);
    expectRefusal(await scim.client.post(path, {}, { headers }), 405, { detail: /^POST / });
    expectBody(await scim.client.get(path), 200);
  });

  it('but HEAD is answered as GET is, without the body', async () => {
    const { path } = await createUser(scim.client);
    const [head, get] = [await scim.client.send('HEAD', path), await scim.client.get(path)];
    const { etag, 'content-type': type, 'content-length': length } = get.headers;
    const headers = { etag, 'content-type': type, 'content-length': length };
    expect(head).toMatchObject({ status: 200, text: '', headers });
    expect(get.text).toHaveLength(Number(length));
  });
});

describe('an address', () => {
  it('may have letters percent-encoded, once, and the name of its endpoint in any case', async () => {
    const { path, id, body } = await createUser(scim.client);
    const digits = (text: string) => [...text].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('');
    for (const same of [`/%55sers/${id}`, `/Users/${digits(id)}`, `//Users//${id}`, `${path}/`, `/USERS/${id}`]) {
      expect([same, (await scim.client.get(same)).body]).toEqual([same, body]);
    }
    const twice = digits(id).replaceAll('%', '%25');
    expectRefusal(await scim.client.get(`/Users/${twice}`), 404, { detail: /^User '%.* does not exist\.$/ });
  });

  it.each([
    (path: string) => path.replaceAll('/', '%2F'),
    (path: string) => path.replaceAll('/', '%5C'),
    (path: string) => `${path}%00`,
    (path: string) => `${path}%0d%0aX-Injected:%20yes`,
    (path: string) => `${path};a=b`,
    (path: string) => `${path}.json`,
    (path: string) => `/Groups/..${path}`,
    (path: string) => `/Groups/%2e%2e${path}`,
    (path: string) => `/%C0%AF${path}`,
  ])('is that of nobody when it takes a detour: %s', async (detour) => {
    const { path } = await createUser(scim.client);
    const replies: ScimReply[] = [
      await scim.client.get(detour(path)),
      await scim.client.delete(detour(path)),
      await scim.client.put(detour(path), { userName: 'x' }),
    ];
    for (const reply of replies) {
      expect([400, 404]).toContain(reply.status);
      expect(reply.body).toMatchObject({ status: String(reply.status), detail: expect.stringMatching(/.{20}/) });
      expect(reply.headers['x-injected']).toBeUndefined();
    }
    expectBody(await scim.client.get(path), 200);
  });

  it.each(['filter', 'count', 'startIndex', 'sortBy', 'cursor'])(
    'that says twice what it may say once is refused: %s',
    async (name) => {
      const reply = await scim.client.get(`/Users?${name}=1&${name}=2`);
      expectRefusal(reply, 400, { scimType: 'invalidValue', detail: `${name} is given more than once.` });
    },
  );
});

describe('an attribute or a schema that nobody knows', () => {
  it('is left out, whatever its name, and does no harm to the rest', async () => {
    const unknown = 'urn:unknown:extension:1.0:User';
    const { body } = await createUser(scim.client, {
      schemas: [userUrn, unknown],
      [unknown]: { level: 7 },
      favouriteColour: 'red',
      $where: '1',
      '': 'nameless',
    });
    expect(Object.keys(body).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    expect(body['schemas']).toEqual([userUrn]);
  });

  it.each(['favouriteColour', 'urn:unknown:extension:1.0:User:level', 'emails.colour', 'name.', '.name', 'urn:'])(
    'is refused where a filter asks for it: %s',
    async (path) => {
      const reply = await scim.client.post('/Users/.search', { filter: `${path} eq "x"` });
      expectRefusal(reply, 400, { scimType: 'invalidFilter', detail: /.{30}/ });
    },
  );
});
