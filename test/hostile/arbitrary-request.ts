import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { JsonValue } from '#kernel';
import { entraContentType } from '../support/scim-client.js';
import { correctBodies } from './arbitrary-body.js';
import { attributePath, filterText } from './arbitrary-filter.js';
import type { Cast } from './cast.js';
import { hostileText, secret } from './hostile-values.js';
import { mutated } from './mutated-json.js';

/** A request below a tenant's base URL. */
export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  /** Undefined leaves out what the client would send by itself. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

/** Requests that are nearly right: valid ones with mistakes in any part. @param cast who they are about */
export function hostileRequest(cast: Cast): fc.Arbitrary<HostileRequest> {
  const bodies = correctBodies(cast);
  const reading = fc.record({ method: fc.constantFrom('GET', 'HEAD'), path: readablePath(cast) });
  const deletion = fc.record({ method: fc.constant('DELETE'), path: cast.anyPath });
  const writing = fc.oneof(
    { weight: 3, arbitrary: withBody('POST', fc.constant('/Users'), bodies.user) },
    { weight: 2, arbitrary: withBody('POST', fc.constant('/Groups'), bodies.group) },
    { weight: 6, arbitrary: withBody('PATCH', cast.anyPath, bodies.patch) },
    { weight: 3, arbitrary: withBody('PUT', cast.anyPath, fc.oneof(bodies.user, bodies.group)) },
    { weight: 3, arbitrary: withBody('POST', searchPath, bodies.search) },
    { weight: 3, arbitrary: withBody('POST', fc.constant('/Bulk'), bodies.bulk) },
  );
  const any = fc.oneof(
    { weight: 4, arbitrary: reading },
    { weight: 1, arbitrary: deletion },
    { weight: 12, arbitrary: writing },
  );
  return fc
    .tuple(any, rarely(otherMethod), rarely(twist), rarely(query), fc.array(header, { maxLength: 2 }))
    .map(([request, method, twisted, asked, headers]) => ({
      ...request,
      ...(method !== undefined && { method }),
      path: `${twisted ? twisted(request.path) : request.path}${asked ?? ''}`,
      headers: Object.fromEntries(headers),
    }));
}

function withBody(method: string, path: fc.Arbitrary<string>, correct: fc.Arbitrary<JsonValue>) {
  return fc.record({ method: fc.constant(method), path, body: bodyText(mutated(correct)) });
}

/** Mostly the text of the JSON value; otherwise one with something wrong in its letters or its bytes. */
function bodyText(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<string | Uint8Array> {
  const text = value.map((json) => JSON.stringify(json));
  const damaged = fc.tuple(text, fc.nat(), fc.constantFrom(...damages)).map(([json, place, damage]) => {
    return damage(json, place % (json.length + 1));
  });
  return fc.oneof({ weight: 9, arbitrary: text }, { weight: 1, arbitrary: damaged });
}

const damages: readonly ((json: string, place: number) => string | Uint8Array)[] = [
  (json, place) => json.slice(0, place),
  (json, place) => `${json.slice(0, place)}\u0000${json.slice(place)}`,
  (json, place) => `${json.slice(0, place)},${json.slice(place)}`,
  (json) => json + json,
  (json) => json.replace('{', '{"userName":"twice","userName":"and again","Operations":1,'),
  (json) => `\ufeff${json}`,
  (json) => Buffer.from(json, 'utf16le'),
  (json) => Buffer.from(`${json}\xff\xfe`, 'latin1'),
  (json) => gzipSync(json),
  (json) => json.replaceAll('"', "'"),
  (json) => `${'['.repeat(200)}${json}${']'.repeat(200)}`,
  () => '',
];

const searchPath = fc.constantFrom('/.search', '/Users/.search', '/Groups/.search');
const otherMethod = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'SEARCH', 'QUERY');

function readablePath(cast: Cast): fc.Arbitrary<string> {
  const fixed = fc.constantFrom(
    '/Users',
    '/Groups',
    '/Me',
    '/ServiceProviderConfig',
    '/Schemas',
    '/ResourceTypes',
    '/',
  );
  const schema = attributePath.map((name) => `/Schemas/${encodeURIComponent(name)}`);
  return fc.oneof(
    { weight: 3, arbitrary: fixed },
    { weight: 4, arbitrary: cast.anyPath },
    { weight: 1, arbitrary: schema },
  );
}

/** Ways to write an address that proxies and routers disagree about. */
const twists: readonly ((path: string) => string)[] = [
  (path) => `${path}/`,
  (path) => path.replaceAll('/', '//'),
  (path) => path.replaceAll('/', '%2F'),
  (path) => path.replaceAll(/[a-f]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path) => path.toLowerCase(),
  (path) => `/..${path}`,
  (path) => `/%2e%2e/%2e%2e/other/scim/v2${path}`,
  (path) => `${path}/../../Users`,
  (path) => `/.${path}`,
  (path) => `${path};jsessionid=1`,
  (path) => `${path}%00`,
  (path) => `${path}%ff%fe`,
  (path) => `${path}%`,
  (path) => `${path}%0d%0aX-Injected:%201`,
  (path) => `${path}/${'x'.repeat(600)}`,
  (path) => `${path}.json`,
  (path) => `\\${path}`,
];
const twist = fc.constantFrom(...twists);

const queryText = fc.oneof(filterText, attributePath, hostileText, fc.integer().map(String), fc.constantFrom('1', '2'));
const parameter = fc.tuple(
  fc.constantFrom(
    'filter',
    'attributes',
    'excludedAttributes',
    'sortBy',
    'sortOrder',
    'startIndex',
    'count',
    'cursor',
    'filter[]',
    '__proto__',
    'aadOptscim062020',
    '',
  ),
  queryText.map((text) => encodeURIComponent(text.toWellFormed().slice(0, 2_000))),
);
const query = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(parameter, { maxLength: 3 }).map((all) => `?${all.map((pair) => pair.join('=')).join('&')}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '?',
      '?%',
      '?filter=%ff',
      '?filter=%',
      '?&&==',
      '?filter',
      '?count=1&count=2',
      '?%66ilter=a',
    ),
  },
);

const tag = fc.constantFrom(
  '*',
  '',
  'W/"0"',
  '"0"',
  'W/"1"',
  'W/"0", W/"1"',
  'W/"-1"',
  `W/"${'9'.repeat(60)}"`,
  'rubbish',
  `"${secret}"`,
);
const contentType = fc.constantFrom(
  undefined,
  entraContentType,
  'application/json',
  'APPLICATION/SCIM+JSON;CHARSET=UTF-8',
  'application/scim+json; charset=utf-16',
  'application/scim+json-patch',
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/scim+json, application/scim+json',
  'application/',
  ';',
  'x'.repeat(3_000),
);
const authorization = fc.constantFrom(
  undefined,
  '',
  'Bearer',
  `Bearer ${secret}`,
  `Basic ${secret}`,
  `Bearer ${'x'.repeat(5_000)}`,
);
const header = fc.oneof(
  fc.tuple(fc.constant('content-type'), contentType),
  fc.tuple(fc.constantFrom('if-match', 'if-none-match', 'IF-MATCH'), tag),
  fc.tuple(
    fc.constantFrom('accept', 'accept-encoding', 'accept-charset'),
    fc.constantFrom('text/html', 'x', '*;q=0', ''),
  ),
  fc.tuple(fc.constant('content-encoding'), fc.constantFrom('gzip', 'br', 'identity', 'rubbish')),
  fc.tuple(fc.constant('authorization'), authorization),
  fc.tuple(fc.constantFrom('x-http-method-override', 'x-original-url', 'x-forwarded-host'), fc.constant('DELETE')),
  fc.tuple(fc.constantFrom('cookie', 'x-custom', 'referer'), fc.constantFrom(secret, 'x'.repeat(9_000))),
  fc.tuple(fc.constant('range'), fc.constant('bytes=0-1')),
);

function rarely<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}
