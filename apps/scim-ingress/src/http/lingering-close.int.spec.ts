import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpAdapter } from './create-http-adapter.js';
import { mostBytes, patience } from './lingering-close.js';
import { ScimAnswer } from './scim-answer.js';
import { ScimExceptionFilter } from './scim-exception.filter.js';

@Controller('tenants/default/scim/v2/Users')
class Users {
  @Post()
  create(): ScimAnswer {
    return new ScimAnswer(201);
  }
}

@Module({ controllers: [Users] })
class UsersModule {}

let application: NestFastifyApplication;

beforeAll(async () => {
  const logger = pino({ level: 'silent' });
  const filter = new ScimExceptionFilter(logger);
  application = await NestFactory.create<NestFastifyApplication>(UsersModule, createHttpAdapter(logger, filter), {
    bodyParser: false,
    logger: false,
  });
  application.useGlobalFilters(filter);
  await application.listen(0, '127.0.0.1');
});
afterAll(() => application.close());

const size = 12 * 1024 * 1024;
const chunk = 'x'.repeat(64 * 1024);
const declared = `Content-Length: ${size}`;
const chunked = 'Transfer-Encoding: chunked';

/** Sends the head of a request whose body is to follow. */
async function begin(path: string, ...fields: string[]): Promise<Socket> {
  const { port } = new URL(await application.getUrl());
  const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true }).pause();
  const line = `POST /tenants/default/scim/v2/${path} HTTP/1.1`;
  socket.write([line, 'Host: x', 'Content-Type: application/json', ...fields, '', ''].join('\r\n'));
  return socket;
}

async function write(socket: Socket, bytes: string): Promise<void> {
  if (!socket.write(bytes)) await once(socket, 'drain');
}

describe('a connection that closes before the body of a request has arrived', () => {
  it.each([
    ['413', 'Users', declared],
    ['413', 'Users', chunked],
    ['404', 'nowhere', declared, 'Connection: close'],
  ])('lets a client read the answer that sends all of it first: %s', async (status, path, ...fields) => {
    const socket = await begin(path, ...fields);
    for (let sent = 0; sent < size; sent += chunk.length) {
      await write(socket, fields.includes(chunked) ? `${chunk.length.toString(16)}\r\n${chunk}\r\n` : chunk);
    }
    expect(await text(socket)).toMatch(
      new RegExp(`^HTTP/1\\.1 ${status} .*Connection: close\r\n.*"status":"${status}"`, 'is'),
    );
  });

  it('takes no more of it than a limit', async () => {
    const socket = await begin('Users', chunked);
    socket.on('error', () => undefined).resume();
    let sent = 0;
    for (; !socket.destroyed; sent += chunk.length) {
      const written = write(socket, `${chunk.length.toString(16)}\r\n${chunk}\r\n`);
      await Promise.race([written, once(socket, 'close')]).catch(() => undefined);
    }
    expect(sent).toBeGreaterThan(mostBytes);
  });

  it('does not wait for a client that sends nothing', async () => {
    const accepted = once(application.getHttpServer(), 'connection') as Promise<[Socket]>;
    const socket = await begin('Users', declared);
    const [connection] = await accepted;
    const began = performance.now();
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 /);
    await once(connection, 'close');
    expect(performance.now() - began).toBeLessThan(2 * patience);
    socket.destroy();
  });
});
