import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { All, Controller, Get, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import type { TenantId } from '#kernel';
import { createHttpAdapter } from '../http/create-http-adapter.js';
import { ScimAnswer } from '../http/scim-answer.js';
import { ScimExceptionFilter } from '../http/scim-exception.filter.js';
import type { ScimRequest } from '../http/scim-request.js';
import { Authentication } from './authentication.js';
import { BearerStrategy } from './bearer.strategy.js';
import { CREDENTIALS, type Credentials } from './credentials.js';

const given = new Map([
  ['acme', 'token-of-acme'],
  ['rival', 'token-of-rival'],
]);
const asked: string[] = [];
const credentials: Credentials = {
  find(tenant: TenantId, token: string) {
    asked.push(`${tenant} ${token}`);
    return given.get(tenant) === token ? 'default' : undefined;
  },
};

@Controller('tenants/:tenantId/scim/v2/Users')
class Users {
  @All()
  whoIsIt(@Req() { user, body }: ScimRequest): ScimAnswer {
    const length = Buffer.isBuffer(body) ? body.length : 0;
    return new ScimAnswer(200, JSON.stringify({ ...user, length }));
  }
}

@Controller('health')
class Health {
  @Get()
  health(): object {
    return { status: 'ok' };
  }
}

@Module({
  controllers: [Users, Health],
  providers: [Authentication, BearerStrategy, { provide: CREDENTIALS, useValue: credentials }],
})
class Root {}

let application: NestFastifyApplication;

beforeAll(async () => {
  const filter = new ScimExceptionFilter(pino({ level: 'silent' }));
  application = await NestFactory.create<NestFastifyApplication>(
    Root,
    createHttpAdapter(pino({ level: 'silent' }), filter),
    { logger: false, bodyParser: false },
  );
  application.useGlobalFilters(filter);
  await application.listen(0, '127.0.0.1');
});

afterEach(() => void asked.splice(0));

afterAll(() => application.close());

async function ask(url: string, token?: string, body?: string) {
  const reply = await application.inject({
    method: body === undefined ? 'GET' : 'POST',
    url,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/scim+json' }),
    },
    ...(body !== undefined && { payload: body }),
  });
  return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() };
}

/** Announces ten megabytes, sends none of them and waits for the answer. */
async function announceBody(path: string, token: string): Promise<string> {
  const { port } = application.getHttpServer().address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const head = [
    `POST ${path} HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/scim+json',
    `Content-Length: ${10 * 1024 * 1024}`,
  ];
  try {
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    return answer.toString();
  } finally {
    socket.destroy();
  }
}

describe('a request to a SCIM endpoint', () => {
  const users = '/tenants/acme/scim/v2/Users';

  it('is known by its bearer token, as often as it comes', async () => {
    for (let time = 0; time < 3; time++) {
      const reply = await ask(users, 'token-of-acme', '{}');
      expect(reply).toEqual({ status: 200, body: { tenantId: 'acme', actor: 'credential:default', length: 2 } });
    }
  });

  it('asks for a credential once for a token that is right, and every time for one that is wrong', async () => {
    for (let time = 0; time < 3; time++) await ask('/tenants/rival/scim/v2/Users', 'token-of-rival');
    for (let time = 0; time < 2; time++) await ask('/tenants/rival/scim/v2/Users', 'wrong');
    expect(asked).toEqual(['rival token-of-rival', 'rival wrong', 'rival wrong']);
  });

  it.each([
    ['no token', undefined],
    ['a wrong token', 'wrong'],
    ['the token of another tenant', 'token-of-rival'],
  ])('is refused with %s, also where the right one came before', async (_, token) => {
    await ask('/tenants/rival/scim/v2/Users', 'token-of-rival');
    await ask(users, 'token-of-acme');
    expect((await ask(users, token)).status).toBe(401);
  });

  it.each([users, `${users}/`, '//tenants/acme//scim/v2/Users/', '/tenants/%61cme/scim/v2/Users'])(
    'is refused without a token however its address is written: %s',
    async (address) => {
      expect((await ask(address)).status).toBe(401);
    },
  );

  it('is refused before its body arrives', async () => {
    expect(await announceBody(users, 'wrong')).toMatch(/^HTTP\/1\.1 401 [^]*"status":"401"/);
  });

  it('is refused before its body arrives where there is no such endpoint', async () => {
    expect(await announceBody('/tenants/acme/scim/v2/Nothing', 'wrong')).toMatch(/^HTTP\/1\.1 404 [^]*"status":"404"/);
  });
});

describe('a request to another endpoint', () => {
  it('needs no token', async () => {
    expect(await ask('/health')).toEqual({ status: 200, body: { status: 'ok' } });
    expect(asked).toEqual([]);
  });

  it('is refused before its body arrives where there is none', async () => {
    expect(await announceBody('/nothing', 'wrong')).toMatch(/^HTTP\/1\.1 404 /);
  });
});
