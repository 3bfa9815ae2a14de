import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpAdapter } from './create-http-adapter.js';
import { ScimAnswer } from './scim-answer.js';
import { ScimExceptionFilter } from './scim-exception.filter.js';

@Controller('tenants/default/scim/v2')
class Answers {
  @Get('unsendable')
  unsendable(): ScimAnswer {
    return new ScimAnswer(200, '{}', { Location: 'no header\nhas two lines' });
  }

  @Get('sendable')
  sendable(): ScimAnswer {
    return new ScimAnswer(200, '{}');
  }
}

@Module({ controllers: [Answers] })
class AnswersModule {}

const logged: string[] = [];
let application: NestFastifyApplication;

beforeAll(async () => {
  const logger = pino({ level: 'error' }, { write: (line) => void logged.push(line) });
  const adapter = createHttpAdapter(logger, new ScimExceptionFilter(logger));
  application = await NestFactory.create<NestFastifyApplication>(AnswersModule, adapter, { logger: false });
  await application.listen(0, '127.0.0.1');
});

afterAll(() => application.close());

it('an answer that cannot be sent becomes a SCIM error and a line of the log, and takes no other answer with it', async () => {
  const url = `${await application.getUrl()}/tenants/default/scim/v2`;
  const replies = await Promise.all(
    ['unsendable', 'sendable', 'unsendable', 'sendable'].map((path) => fetch(`${url}/${path}`)),
  );
  expect(replies.map(({ status }) => status)).toEqual([500, 200, 500, 200]);
  expect(await replies[0]?.json()).toMatchObject({ status: '500', detail: expect.stringContaining('request') });
  expect(logged).toHaveLength(2);
  expect(logged[0]).toContain('request failed');
});
