import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpAdapter } from './create-http-adapter.js';
import { ScimAnswer } from './scim-answer.js';
import { ScimExceptionFilter } from './scim-exception.filter.js';

/** Too much for the buffers of a connection: it is being sent until the client reads. */
const large = 'x'.repeat(16_000_000);
let begun: PromiseWithResolvers<void>;
let released: PromiseWithResolvers<void>;

@Controller('tenants/default/scim/v2')
class Answers {
  @Post('slow')
  async slow(@Body() body: Buffer): Promise<ScimAnswer> {
    begun.resolve();
    await released.promise;
    return new ScimAnswer(201, body.toString());
  }

  @Get('quick')
  quick(): ScimAnswer {
    return new ScimAnswer(200, '{}');
  }

  @Get('large')
  large(): ScimAnswer {
    return new ScimAnswer(200, large);
  }
}

@Module({ controllers: [Answers] })
class AnswersModule {}

let application: NestFastifyApplication;

beforeAll(async () => {
  const logger = pino({ level: 'silent' });
  const adapter = createHttpAdapter(logger, new ScimExceptionFilter(logger));
  application = await NestFactory.create<NestFastifyApplication>(AnswersModule, adapter, {
    bodyParser: false,
    logger: false,
  });
  await application.listen(0, '127.0.0.1');
});
beforeEach(() => {
  begun = Promise.withResolvers();
  released = Promise.withResolvers();
});
afterAll(() => application.close());

async function open(): Promise<Socket> {
  const { port } = new URL(await application.getUrl());
  return connect(Number(port), '127.0.0.1');
}

function request(line: string, ...fields: string[]): string {
  const [method = '', path = ''] = line.split(' ');
  return [`${method} /tenants/default/scim/v2/${path} HTTP/1.1`, 'Host: x', ...fields, '', ''].join('\r\n');
}

const ofBody = (length: number) => ['Content-Type: application/json', `Content-Length: ${length}`];
const chunked = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
const garbage = 'GARBAGE\r\n\r\n';
const statusesIn = (bytes: string) => [...bytes.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status);

describe('bytes that are no HTTP request', () => {
  it('are refused after the answers to the requests before them', async () => {
    const socket = await open();
    socket.write(request('GET quick') + request('POST slow', ...ofBody(2)) + `{}${garbage}`);
    await begun.promise;
    socket.write(garbage);
    released.resolve();
    expect(statusesIn(await text(socket))).toEqual(['200', '201', '400']);
  });

  it('are not refused where the request before them asked for the end of the connection', async () => {
    const socket = await open();
    socket.write(request('POST slow', 'Connection: close', ...ofBody(2)) + `{}${garbage}`);
    await begun.promise;
    released.resolve();
    expect(statusesIn(await text(socket))).toEqual(['201']);
  });

  it('leave an answer whole that is being sent', async () => {
    const socket = await open();
    socket.write(request('GET large'));
    await once(socket, 'readable');
    socket.write(garbage);
    const bytes = await text(socket);
    expect(statusesIn(bytes)).toEqual(['200', '400']);
    expect(bytes.slice(bytes.indexOf('\r\n\r\n') + 4).startsWith(`${large}HTTP/1.1 400 Bad Request\r\n`)).toBe(true);
  });

  it('in a body are the answer to its request, in its turn', async () => {
    const socket = await open();
    socket.write(request('POST slow', ...ofBody(2)) + '{}' + request('POST slow', ...chunked) + garbage);
    await begun.promise;
    released.resolve();
    expect(statusesIn(await text(socket))).toEqual(['201', '400']);
  });

  it.each(['GET quick', 'POST nowhere'])(
    'in a body that nobody wants end the connection after the answer: %s',
    async (line) => {
      const socket = await open();
      socket.write(request(line, ...chunked) + garbage);
      expect(statusesIn(await text(socket))).toHaveLength(1);
    },
  );

  it('are refused where nothing came before them', async () => {
    const socket = await open();
    socket.write(garbage);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*not valid HTTP/s);
  });
});
