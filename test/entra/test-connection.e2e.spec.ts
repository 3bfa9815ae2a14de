import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createUser, type Created, enterpriseUrn, uniqueName } from '../support/directory-requests.js';
import { expectBody, expectList, expectRefusal } from '../support/scim-answers.js';
import { ScimClient, type ScimReply } from '../support/scim-client.js';
import { serverUnderTest } from '../support/server-under-test.js';

const nobody = '8f0e2a31-5d0c-4c5e-9f6a-0f7b7e6f1c22';
const nothing = '"totalResults":0,"startIndex":1,"itemsPerPage":0,"Resources":[]}';
const emptyList = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],${nothing}`;

const scim = serverUnderTest();
let mia: Created;

beforeAll(async () => {
  mia = await createUser(scim.client, {
    userName: 'mia+lind@acme.test',
    externalId: 'mlind',
    displayName: 'Mia Lind',
    emails: [{ type: 'work', primary: true, value: 'mia@acme.test' }],
    [enterpriseUrn]: { employeeNumber: 'E-881' },
  });
});

function expectMia(reply: ScimReply): void {
  expect(expectList(reply, { totalResults: 1 })).toEqual([mia.body]);
}

describe('the probe behind "Test Connection"', () => {
  it.each(['/Users', '/Groups'])('gets an empty list from %s, byte for byte', async (endpoint) => {
    const attribute = endpoint === '/Users' ? 'userName' : 'displayName';
    const reply = await scim.client.get(`${endpoint}?filter=${attribute}+eq+%22${nobody}%22`);
    expect(reply.text).toBe(emptyList);
    expectList(reply, { totalResults: 0 });
  });

  it('is answered before anybody was provisioned, on groups as on users, as often as it is repeated', async () => {
    const probes = Array.from({ length: 100 }, () => scim.client.find('/Groups', `displayName eq "${nobody}"`));
    for (const reply of await Promise.all(probes)) expect(reply.text).toBe(emptyList);
  });

  it.each([
    'userName',
    'externalId',
    'displayName',
    'emails[type eq "work"].value',
    'emails.value',
    'name.formatted',
    `${enterpriseUrn}:employeeNumber`,
    'urn:ietf:params:scim:schemas:core:2.0:User:userName',
    'id',
  ])('may use %s as the matching attribute', async (attribute) => {
    const reply = await scim.client.find('/Users', `${attribute} eq "${nobody}"`);
    expect(reply.text).toBe(emptyList);
  });

  it.each([
    ['externalId', 'mlind'],
    ['displayName', 'mia lind'],
    ['emails[type eq "work"].value', 'MIA@acme.test'],
    [`${enterpriseUrn}:employeeNumber`, 'e-881'],
  ])('finds the one user whose %s matches', async (attribute, value) => {
    expectMia(await scim.client.find('/Users', `${attribute} eq "${value}"`));
  });
});

describe('the encoding of a filter', () => {
  it.each([
    ['spaces as plus signs', 'userName+eq+%22mia%2Blind%40acme.test%22'],
    ['spaces as %20', 'userName%20eq%20%22mia%2Blind%40acme.test%22'],
    ['literal quotes and @', 'userName+eq+"mia%2Blind@acme.test"'],
    ['literal brackets', 'emails[type+eq+"work"].value+eq+"mia@acme.test"'],
    ['encoded brackets', 'emails%5Btype+eq+%22work%22%5D.value+eq+%22mia%40acme.test%22'],
    ['lower-case escapes', 'emails%5btype%20eq%20%22work%22%5d.value%20eq%20%22mia%40acme.test%22'],
    ['doubled spaces', 'userName++eq++%22mia%2Blind%40acme.test%22'],
    ['another case of operator and attribute', 'USERNAME+EQ+%22mia%2Blind%40acme.test%22'],
    ['a value without quotes, as in the documentation', 'externalId+eq+mlind'],
  ])('may be %s', async (_, filter) => {
    expectMia(await scim.client.get(`/Users?filter=${filter}`));
  });

  it.each([
    'userName',
    'userName eq',
    'userName eq "mia',
    'userName is "mia"',
    'userName eq "a" and',
    '(userName eq "a"',
    'userName eq "a")',
    'emails[type eq "work".value eq "a"',
    'active gt true',
    'nosuch eq "a"',
    '',
  ])('is refused with a reason where it is no filter: %s', async (filter) => {
    expectRefusal(await scim.client.find('/Users', filter), 400, { scimType: 'invalidFilter', detail: /.{20}/ });
  });
});

describe('the tenant URL an administrator typed', () => {
  const filter = 'filter=externalId+eq+%22mlind%22';

  it.each([
    `/Users/?${filter}`,
    `//Users?${filter}`,
    `//Users//?${filter}`,
    `/Users?aadOptscim062020&${filter}`,
    `/Users?aadOptscim062020=&${filter}`,
    `/Users?${filter}&aadOptscim062020`,
    `/Users?${filter}&tenant=acme&%24top=10&__proto__=1`,
    `/Users?FILTER=externalId+eq+%22mlind%22`,
  ])('may lead to %s', async (path) => {
    expectMia(await scim.client.get(path));
  });

  it.each(['/', '//', '?aadOptscim062020'])('may end the address of a user in %s', async (end) => {
    expect(expectBody(await scim.client.get(`${mia.path}${end}`), 200)).toEqual(mia.body);
  });

  it('may have an id in it with escapes, which are read once', async () => {
    const escaped = mia.id.replace('-', '%2D');
    expect(expectBody(await scim.client.get(`/Users/${escaped}`), 200)).toEqual(mia.body);
    expectRefusal(await scim.client.get(`/Users/${mia.id.replace('-', '%252D')}`), 404, { detail: /does not exist/ });
  });
});

describe('the Accept header', () => {
  it.each([
    undefined,
    '*/*',
    'application/scim+json',
    'application/json',
    'text/html',
    'application/xml;q=0.9, text/plain',
    'nonsense',
    '',
  ])('%j is answered in SCIM JSON', async (accept) => {
    expectMia(await scim.client.get('/Users?filter=externalId+eq+%22mlind%22', { headers: { accept } }));
  });
});

describe('a request without the right token', () => {
  const detail = 'The bearer token is missing or not valid for this tenant. Check the secret token in Entra.';
  const probe = `/Users?filter=userName+eq+%22${nobody}%22`;

  it.each<[string, (token: string) => string | undefined]>([
    ['no Authorization header', () => undefined],
    ['an empty one', () => ''],
    ['another scheme', (token) => `Basic ${Buffer.from(`entra:${token}`).toString('base64')}`],
    ['the bare token', (token) => token],
    ['the scheme alone', () => 'Bearer'],
    ['two tokens', (token) => `Bearer ${token} ${token}`],
  ])('is asked for a bearer token: %s', async (_, authorization) => {
    const reply = await scim.client.get(probe, { headers: { authorization: authorization(scim.server.token) } });
    expectRefusal(reply, 401, { detail });
    expect(reply.headers['www-authenticate']).toBe('Bearer');
  });

  it.each<[string, (token: string) => string]>([
    ['a token that was never given', () => `Bearer ${'x'.repeat(43)}`],
    ['a token with one character more', (token) => `Bearer ${token}x`],
    ['a token with one character less', (token) => `Bearer ${token.slice(0, -1)}`],
    ['a token in another case', (token) => `Bearer ${swapCase(token)}`],
    ['a JWT', () => 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJodHRwczovL3N0cy53aW5kb3dzLm5ldC8ifQ.c2ln'],
  ])('is told that its token is not valid: %s', async (_, authorization) => {
    const reply = await scim.client.get(probe, { headers: { authorization: authorization(scim.server.token) } });
    expectRefusal(reply, 401, { detail });
    expect(reply.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])('is refused whatever it wants: %s', async (method) => {
    const options = { headers: { authorization: 'Bearer wrong' }, ...(method === 'GET' ? {} : { body: 'not JSON' }) };
    expectRefusal(await scim.client.send(method, method === 'POST' ? '/Users' : mia.path, options), 401, { detail });
    expectBody(await scim.client.get(mia.path), 200);
  });

  it('is refused the same way where it names a tenant that does not exist', async () => {
    const elsewhere = new ScimClient(`${scim.server.origin}/tenants/nosuch/scim/v2`, scim.server.token);
    expectRefusal(await elsewhere.get(probe), 401, { detail });
    await elsewhere.close();
  });

  it('may spell the scheme in any case', async () => {
    for (const scheme of ['bearer', 'BEARER', 'bEaReR']) {
      const authorization = `${scheme} ${scim.server.token}`;
      expect((await scim.client.get(probe, { headers: { authorization } })).text).toBe(emptyList);
    }
  });
});

describe('the media type of a body', () => {
  const post = (contentType: string) =>
    scim.client.post('/Users', { userName: uniqueName('media') }, { headers: { 'content-type': contentType } });

  it.each([
    'application/scim+json; charset=utf-8',
    'application/scim+json',
    'application/json',
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'APPLICATION/SCIM+JSON; CHARSET="UTF-8"',
    'application/scim+json; odata.metadata=minimal; charset="utf-8"; q=1',
    'application/scim+json;',
    'application/scim+json ; charset=utf-8',
  ])('may be %s', async (contentType) => {
    expectBody(await post(contentType), 201);
  });

  it.each(['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'application/scim+jsonp', 'nonsense'])(
    'may not be %s',
    async (contentType) => {
      const detail = `Content-Type '${contentType}' is not supported. Use application/scim+json.`;
      expectRefusal(await post(contentType), 415, { detail });
    },
  );
});

describe('the coding of a body', () => {
  const post = (encoding: string, body: unknown) =>
    scim.client.post('/Users', body, { headers: { 'content-encoding': encoding } });

  it('may be named where there is none', async () => {
    expectBody(await post('identity', { userName: uniqueName('coding') }), 201);
  });

  it.each(['gzip', 'deflate, gzip', 'br'])('may not be %s', async (encoding) => {
    const detail = `Content-Encoding '${encoding}' is not supported. Send the body as it is.`;
    expectRefusal(await post(encoding, gzipSync('{"userName":"packed@acme.test"}')), 415, { detail });
  });
});

function swapCase(text: string): string {
  return text.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
