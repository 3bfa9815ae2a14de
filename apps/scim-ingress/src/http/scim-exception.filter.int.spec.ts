import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { AppendTooLarge } from '#event-store';
import { createHttpAdapter } from './create-http-adapter.js';
import { ScimExceptionFilter } from './scim-exception.filter.js';

@Controller('tenants/default/scim/v2/Users')
class Users {
  @Get()
  list(): object {
    return {};
  }
}

@Module({ controllers: [Users] })
class OneEndpoint {}

const base = '/tenants/default/scim/v2';

describe('a request that the HTTP server refuses itself', () => {
  const logged: string[] = [];
  let cause: Error | undefined;
  let application: NestFastifyApplication;

  beforeAll(async () => {
    const logger = pino({ level: 'error' }, { write: (line) => void logged.push(line) });
    const filter = new ScimExceptionFilter(logger);
    application = await NestFactory.create<NestFastifyApplication>(OneEndpoint, createHttpAdapter(logger, filter), {
      logger: false,
    });
    application.useGlobalFilters(filter);
    const server = application.getHttpAdapter().getInstance();
    server.addHook('onRequest', (_request, _reply, done) => done(cause));
    await application.init();
  });

  afterAll(() => application.close());

  it.each([
    ['/Users', 405, 'QUERY is not supported on /tenants/default/scim/v2/Users.'],
    ['/Nothing', 404, 'QUERY /tenants/default/scim/v2/Nothing is not a SCIM endpoint of this server.'],
  ])('for a method of no endpoint, sent without a body, is no failure of the server: QUERY %s', async (...expected) => {
    const [path, status, detail] = expected;
    const reply = await application
      .getHttpAdapter()
      .getInstance()
      .inject({ method: 'QUERY', url: base + path });
    expect(reply.statusCode).toBe(status);
    expect(reply.json()).toMatchObject({ status: String(status), detail });
    expect(logged).toEqual([]);
  });

  it('whose change is larger than the event store takes is no failure of the server', async () => {
    cause = new AppendTooLarge();
    const reply = await application
      .getHttpAdapter()
      .getInstance()
      .inject({ url: `${base}/Users` });
    cause = undefined;
    expect(reply.statusCode).toBe(413);
    expect(logged).toEqual([]);
  });

  it('outside of SCIM is answered with a JSON object, whatever its media type', async () => {
    const server = application.getHttpAdapter().getInstance();
    const request = {
      method: 'POST',
      url: '/elsewhere',
      headers: { 'content-type': 'nonsense' },
      payload: 'x',
    } as const;
    const reply = await server.inject(request);
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.json()).toMatchObject({ statusCode: 404, message: 'Cannot POST /elsewhere' });
  });

  it.each([
    ['ECONNRESET', 'aborted'],
    ['FST_ERR_CTP_INVALID_TYPE', 'no parser'],
  ])('is no failure of the server, also where it is not known by name: %s', async (code, message) => {
    const server = application.getHttpAdapter().getInstance();
    cause = Object.assign(new Error(message), { code, statusCode: 400 });
    const reply = await server.inject({ method: 'GET', url: `${base}/Users` });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ scimType: 'invalidSyntax' });
    expect(logged).toEqual([]);
  });
});
