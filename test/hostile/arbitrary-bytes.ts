import fc from 'fast-check';

export interface BytesTarget {
  /** Path of the tenant's base URL. */
  readonly base: string;
  readonly token: string;
  readonly userPath: string;
}

/** One HTTP/1.1 request as bytes, with something odd in any part of it; or no HTTP at all. */
export function hostileBytes({ base, token, userPath }: BytesTarget): fc.Arbitrary<Uint8Array> {
  const name = fc.uuid();
  const body = fc.oneof(
    name.map((userName) => JSON.stringify({ userName })),
    fc.constantFrom('', '{', '{"userName":"a"', 'x'.repeat(100)),
  );
  const method = oddly(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'), [
    'get',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PRI',
    'G\0T',
    '',
    'X'.repeat(500),
  ]);
  const address = oddly(fc.constantFrom(`${base}/Users`, `${base}${userPath}`, `${base}/Bulk`, `${base}/.search`), [
    '*',
    '/',
    `http://elsewhere.test${base}/Users`,
    `//elsewhere.test${base}/Users`,
    `${base}/Users#fragment`,
    `${base}/Us\u00e9rs`,
    `${base}/Users?filter=userName eq "a"`,
    `${base}/Users?filter=\u0001`,
    `${base}/Users\\..\\Groups`,
    `${base}/Users?${'a=b&'.repeat(5_000)}`,
    `/tenants/${'x'.repeat(300)}/scim/v2/Users`,
    '/tenants/../tenants/default/scim/v2/Users',
    '/tenants/%64efault/scim/v2/Users',
    '/tenants/default%00/scim/v2/Users',
    '/tenants/DEFAULT/scim/v2/Users',
    '/tenants/__proto__/scim/v2/Users',
    '',
  ]);
  const version = oddly(fc.constant('HTTP/1.1'), ['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1 x', 'http/1.1', '']);
  const host = oddly(fc.constant<string[]>(['Host: acme.test']), [
    [],
    ['Host: a', 'Host: b'],
    ['Host: '],
    ['Host: a/../b'],
  ]);
  const authorization = oddly(fc.constant<string[]>([`Authorization: Bearer ${token}`]), [
    [],
    [`Authorization: Bearer ${token}`, 'Authorization: Bearer other'],
    [`Authorization: Bearer ${token} x`],
    [`Authorization:\tBearer\t${token}`],
    [`authorization : Bearer ${token}`],
    [`Authorization: Bearer ${token}\u0000`],
    ['Authorization: ', ` Bearer ${token}`],
  ]);
  const type = oddly(fc.constant<string[]>(['Content-Type: application/scim+json']), [
    [],
    ['Content-Type: application/json', 'Content-Type: text/plain'],
    ['Content-Type: \u00e4\u00f6'],
  ]);
  const framings: readonly ((content: string) => { fields: string[]; content: string })[] = [
    (content) => ({
      fields: ['Transfer-Encoding: chunked'],
      content: `${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`,
    }),
    (content) => ({ fields: ['Transfer-Encoding: chunked'], content: `zz\r\n${content}` }),
    (content) => ({ fields: ['Transfer-Encoding: chunked'], content: 'ffffffffffffffff\r\n' + content }),
    (content) => ({ fields: ['Transfer-Encoding: chunked', `Content-Length: ${content.length}`], content }),
    (content) => ({ fields: ['Transfer-Encoding: gzip, chunked'], content: `0\r\n\r\n${content}` }),
    (content) => ({ fields: ['Content-Length: 5', `Content-Length: ${content.length}`], content }),
    (content) => ({ fields: ['Content-Length: -1'], content }),
    (content) => ({ fields: ['Content-Length: 0x10'], content }),
    (content) => ({ fields: ['Content-Length: 99999999999999999999'], content }),
    (content) => ({ fields: [`Content-Length: ${content.length + 10}`], content }),
    (content) => ({ fields: [`Content-Length: ${Math.max(0, content.length - 2)}`], content }),
    (content) => ({ fields: [], content }),
    (content) => ({ fields: ['Expect: 100-continue', `Content-Length: ${content.length}`], content }),
    (content) => ({ fields: ['Expect: the-impossible', `Content-Length: ${content.length}`], content }),
    (content) => ({ fields: ['Upgrade: h2c', 'Connection: Upgrade', `Content-Length: ${content.length}`], content }),
  ];
  const framed = fc
    .tuple(
      body,
      oddly(
        fc.constant((content: string) => ({ fields: [`Content-Length: ${content.length}`], content })),
        framings,
      ),
    )
    .map(([content, frame]) => frame(content));
  const field = fc.constantFrom(
    'X: y',
    'No colon',
    ': no name',
    'X : y',
    'X: \u0000',
    'X: \u007f',
    ' folded',
    `X: ${'y'.repeat(20_000)}`,
    'Connection: close, x',
    '\u00e4: b',
  );
  const fieldList = fc.oneof({ weight: 6, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(field) });
  const request = fc
    .tuple(
      method,
      address,
      version,
      host,
      authorization,
      type,
      framed,
      fieldList,
      oddly(fc.constant('\r\n'), ['\n', '\r']),
    )
    .map(([verb, url, protocol, hosts, credentials, types, { fields, content }, others, end]) => {
      return [
        `${verb} ${url} ${protocol}`,
        ...hosts,
        ...credentials,
        ...types,
        ...others,
        ...fields,
        'Connection: close',
        '',
        content,
      ].join(end);
    })
    .map((text) => Buffer.from(text, 'latin1'));
  const damaged = fc
    .tuple(request, fc.nat(), fc.uint8Array({ maxLength: 5 }))
    .map(([bytes, place, others]) =>
      Buffer.concat([bytes.subarray(0, place % bytes.length), others, bytes.subarray(place % bytes.length)]),
    );
  const cut = fc.tuple(request, fc.nat()).map(([bytes, place]) => bytes.subarray(0, place % bytes.length));
  return fc.oneof(
    { weight: 8, arbitrary: request },
    { weight: 2, arbitrary: damaged },
    { weight: 2, arbitrary: cut },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: fc.constantFrom(...noHttp.map((text) => Buffer.from(text, 'latin1'))) },
  );
}

/** What ports of HTTP servers get to see. */
const noHttp = [
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\u0016\u0003\u0001\u0000\u00f8\u0001\u0000\u0000\u00f4\u0003\u0003',
  'SSH-2.0-OpenSSH_9.6\r\n',
  'PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n',
  '\r\n\r\n\r\n',
  'GET /\r\n\r\n',
];

/** Mostly what is right. */
function oddly<T>(right: fc.Arbitrary<T>, odd: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof({ weight: 6, arbitrary: right }, { weight: 1, arbitrary: fc.constantFrom(...odd) });
}
