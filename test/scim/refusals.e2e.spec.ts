import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#kernel';
import { createGroup, createUser, uniqueName } from '../support/directory-requests.js';
import { expectBody, expectRefusal } from '../support/scim-answers.js';
import { ScimClient } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const scim = serverUnderTest();
const nameTooDeep = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;

describe('an address', () => {
  it.each([
    ['PUT', '/Users', 'GET, POST'],
    ['PATCH', '/Groups', 'GET, POST'],
    ['DELETE', '/Users/', 'GET, POST'],
    ['POST', '/Users/some-id', 'GET, PUT, PATCH, DELETE'],
    ['GET', '/.search', 'POST'],
    ['PUT', '/.search', 'POST'],
    ['GET', '/Users/.search', 'POST'],
    ['PUT', '/Users/.search', 'POST'],
    ['PATCH', '/Groups/.search', 'POST'],
    ['DELETE', '/Groups/.search/', 'POST'],
    ['GET', '/users/.SEARCH?filter=userName+pr', 'POST'],
    ['GET', '/Bulk', 'POST'],
  ])('that does not know a method says which ones it knows: %s %s', async (method, path, allow) => {
    const reply = await scim.client.send(method, path, method === 'GET' || method === 'DELETE' ? {} : { body: {} });
    expectRefusal(reply, 405, { detail: new RegExp(`^${method} is not supported on /tenants/default/scim/v2`) });
    expect(reply.headers['allow']).toBe(allow);
  });

  it.each(['/Devices', '/user', '/Users/a/b', '/', '', '/Users/a/.search', '/Schema'])(
    'that is no endpoint says so: GET %s',
    async (path) => {
      expectRefusal(await scim.client.get(path), 404, {
        detail: /^GET \/tenants\/default\/scim\/v2.* is not a SCIM endpoint/,
      });
    },
  );

  it.each(['/Users/%', '/Users/%E0%A4%A', '/Users?filter=%', '/Users?filter=%ff%fe'])(
    'with a malformed escape is no failure of the server: %s',
    async (path) => {
      const reply = await scim.client.get(path);
      expectRefusal(reply, reply.status, { detail: /.{20}/, ...scimTypeOf(reply.body) });
      expect([400, 404]).toContain(reply.status);
    },
  );
});

describe('a DELETE', () => {
  it.each([
    ['nothing', 'text/plain', ''],
    ['one byte', undefined, 'x'],
    ['a form', 'application/x-www-form-urlencoded', 'a=b'],
    ['half an object', 'application/json', '{'],
    ['what is no type at all', 'nonsense', 'x'],
  ])('does not read a body, so it is not refused for one: %s', async (_, type, body) => {
    const { path } = await createUser(scim.client);
    expect(await scim.client.delete(path, { headers: { 'content-type': type }, body })).toMatchObject({ status: 204 });
    expect(await scim.client.get(path)).toMatchObject({ status: 404 });
  });
});

describe('a body that is no JSON object', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['nothing', '', /^The request body is not valid JSON: it is empty\.$/],
    ['half an object', '{"userName": "mia"', /^The request body is not valid JSON: /],
    [
      'a trailing comma',
      '{"userName": "mia",}',
      /^The request body is not valid JSON: there is a mistake at position 19\.$/,
    ],
    ['a form', 'userName=mia', /^The request body is not valid JSON: /],
    ['a list', '[{"userName":"mia"}]', /^The request body must be a JSON object\.$/],
    ['null', 'null', /^The request body must be a JSON object\.$/],
    ['a text', '"userName"', /^The request body must be a JSON object\.$/],
    [
      'bytes that are not UTF-8',
      Buffer.from('{"userName":"mi\xe4"}', 'latin1'),
      /^The request body is not valid JSON: it is not UTF-8\.$/,
    ],
    ['UTF-16', Buffer.from('{"userName":"mia"}', 'utf16le'), /^The request body is not valid JSON: /],
    [
      'a hundred levels',
      nameTooDeep(100),
      /^The request body is not valid JSON: it is nested deeper than 32 levels\.$/,
    ],
    [
      'a million levels',
      '['.repeat(1_000_000),
      /^The request body is not valid JSON: it is nested deeper than 32 levels\.$/,
    ],
  ])('is refused with the place of the mistake: %s', async (_, body, detail) => {
    const { path } = await createUser(scim.client);
    for (const reply of [
      await scim.client.post('/Users', body),
      await scim.client.patch(path, body),
      await scim.client.put(path, body),
      await scim.client.post('/.search', body),
      await scim.client.post('/Users/.search', body),
      await scim.client.post('/Bulk', body),
    ]) {
      expectRefusal(reply, 400, { scimType: 'invalidSyntax', detail });
    }
  });

  it('does not have its secrets repeated', async () => {
    const reply = await scim.client.post('/Users', '{"password": "hunter2" "userName": 1}');
    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain('hunter2');
  });

  it('may begin with a byte order mark', async () => {
    const body = `\uFEFF${JSON.stringify({ userName: uniqueName('bom') })}`;
    expectBody(await scim.client.post('/Users', body), 201);
  });
});

describe('the limit of 10 MB for a body', () => {
  it('refuses a longer one as soon as its length is said', async () => {
    const headers = { authorization: `Bearer ${scim.server.token}`, 'content-type': 'application/scim+json' };
    const sending = request(`${scim.server.tenantUrl}/Users`, {
      method: 'POST',
      headers: { ...headers, 'content-length': 10 * 1024 * 1024 + 1 },
    });
    sending.flushHeaders();
    const [reply] = (await once(sending, 'response')) as [IncomingMessage];
    const { statusCode: status, headers: answered } = reply;
    const content = await text(reply);
    sending.destroy();
    const refusal = { status: status ?? 0, headers: answered, text: content, body: JSON.parse(content) as JsonObject };
    expectRefusal(refusal, 413, { detail: 'The size of the request body exceeds maxPayloadSize (10485760 bytes).' });
  });

  it('takes one that is just below it', async () => {
    const members = Array.from({ length: 160 }, (_, index) => ({ value: `${index}`, display: 'x'.repeat(65_400) }));
    const created = await scim.client.post('/Groups?attributes=members', { displayName: uniqueName('b'), members });
    expect(expectBody(created, 201)['members']).toHaveLength(160);
  });

  it('takes a photo of the largest size, and refuses a user that would be larger than two', async () => {
    const photos = ['A', 'B'].map((letter) => ({ value: letter.repeat(1_048_576) }));
    const { path } = await createUser(scim.client, { userName: uniqueName('b'), photos: photos.slice(1) });
    const addition = { Operations: [{ op: 'add', path: 'photos', value: photos }] };
    expectRefusal(await scim.client.patch(path, addition), 400, {
      scimType: 'invalidValue',
      detail: 'The User would be larger than 2097152 characters. Remove values before you add others.',
    });
    expect(expectBody(await scim.client.get(path), 200)['photos']).toEqual(photos.slice(1));
  });

  it('leaves no room for a text that would be costly to compare', async () => {
    const reply = await scim.client.post('/Users', { userName: uniqueName('b'), title: 'x'.repeat(65_537) });
    expectRefusal(reply, 400, { scimType: 'invalidValue', detail: 'title is longer than 65536 characters.' });
  });
});

describe('a value of the wrong kind', () => {
  it.each<[object, string]>([
    [{ userName: 7 }, 'userName must be a string, but 7 was sent.'],
    [{ userName: ['mia'] }, 'userName must be a string, but a list was sent.'],
    [{ userName: { value: 'mia' } }, 'userName must be a string, but an object was sent.'],
    [{ active: 'maybe' }, "active must be true or false, but 'maybe' was sent."],
    [{ active: 1 }, 'active must be true or false, but 1 was sent.'],
    [{ name: 'Mia Lind' }, "name must be an object, but 'Mia Lind' was sent."],
    [{ name: { givenName: 7 } }, 'name.givenName must be a string, but 7 was sent.'],
    [{ emails: [7] }, 'emails[0] must be an object, but 7 was sent.'],
    [{ emails: [{ value: 'a' }, { value: {} }] }, 'emails[1].value must be a string, but an object was sent.'],
    [
      {
        emails: [
          { value: 'a', primary: true },
          { value: 'b', primary: true },
        ],
      },
      'emails has more than one value marked as primary.',
    ],
    [{ userName: 'a\u0000b' }, 'userName contains a NUL character, which cannot be stored.'],
    [{ displayName: '\ud800' }, 'displayName contains half of a surrogate pair, which cannot be stored.'],
    [
      { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': 'x' },
      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User must be an object, but 'x' was sent.",
    ],
  ])('is refused by its name: %j', async (wrong, detail) => {
    const body = { userName: uniqueName('wrong'), ...wrong };
    expectRefusal(await scim.client.post('/Users', body), 400, { scimType: 'invalidValue', detail });
  });
});

describe('a hostile body', () => {
  it.each([
    '{"userName":"NAME","__proto__":{"active":false,"title":"x"},"constructor":{"prototype":{"title":"x"}}}',
    '{"userName":"NAME","name":{"__proto__":{"givenName":"x"}},"toString":"x","hasOwnProperty":"x"}',
    '{"userName":"NAME","schemas":{"__proto__":null},"id":{"a":1},"meta":"x"}',
  ])('leaves nothing behind: %s', async (text) => {
    const name = uniqueName('hostile');
    const created = expectBody(await scim.client.post('/Users', text.replace('NAME', name)), 201);
    expect(Object.keys(created).sort()).toEqual(['active', 'id', 'meta', 'schemas', 'userName']);
    const request = `{"Operations":[{"op":"replace","value":${text.replace('NAME', name)}},{"op":"add","path":"constructor.title","value":"x"}]}`;
    const patched = expectBody(await scim.client.patch(`/Users/${created['id'] as string}`, request), 200);
    expect(patched).toEqual(created);
    expect((await createUser(scim.client)).body).not.toHaveProperty('title');
  });

  it('with a key twice counts the last', async () => {
    const name = uniqueName('twice');
    const reply = await scim.client.post(
      '/Users',
      `{"userName":"other-${name}","userName":"${name}","USERNAME":"${name}"}`,
    );
    expect(expectBody(reply, 201)['userName']).toBe(name);
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'may be about a member called %s',
    async (value) => {
      const { path } = await createGroup(scim.client, { members: [{ value }] });
      expect(expectBody(await scim.client.get(path), 200)['members']).toEqual([{ value }]);
    },
  );

  it.each([
    `${'('.repeat(50_000)}userName eq "a"${')'.repeat(50_000)}`,
    `${'not ('.repeat(5_000)}userName pr${')'.repeat(5_000)}`,
    Array.from({ length: 5_000 }, () => 'userName eq "a"').join(' or '),
    `userName eq "${'a'.repeat(100_000)}"`,
    `emails${'['.repeat(10_000)}`,
    'userName eq "\u0000"',
    'userName eq "\\ud800"',
  ])('with a monstrous filter does not trouble the server', async (filter) => {
    const reply = await scim.client.post('/Users/.search', { filter });
    expect([200, 400]).toContain(reply.status);
    if (reply.status === 400) expectRefusal(reply, 400, { scimType: 'invalidFilter', detail: /.{20}/ });
  });

  it('in a filter in the address that is longer than addresses may be is told to search by POST', async () => {
    const sender = new ScimClient(scim.server.tenantUrl, scim.server.token, 1);
    const reply = await sender.find('/Users', `userName eq "${'a'.repeat(100_000)}"`);
    expectRefusal(reply, 431, { detail: /POST \/\.search/ });
    await sender.close();
  });
});

function scimTypeOf({ scimType }: Readonly<Record<string, unknown>>): { scimType?: string } {
  return typeof scimType === 'string' ? { scimType } : {};
}
