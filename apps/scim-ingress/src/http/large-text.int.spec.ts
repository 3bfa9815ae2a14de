import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buffer } from 'node:stream/consumers';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { pino } from 'pino';
import { createHttpAdapter } from './create-http-adapter.js';
import { encodeLargeText, largeFrom } from './large-text.js';
import { ScimAnswer } from './scim-answer.js';
import { ScimExceptionFilter } from './scim-exception.filter.js';

const astral = '\u{1F600}';
const texts = {
  plain: 'x'.repeat(largeFrom),
  'of two bytes a character': 'ü'.repeat(largeFrom),
  'whose pieces would part a character': `x${astral.repeat(largeFrom)}`,
  'that is joined from parts': ['a', 'ü'].map((part) => part.repeat(largeFrom)).join('-'),
  'with half a character at its end': `${'x'.repeat(largeFrom)}\uD83D`,
  short: 'x',
  empty: '',
};

describe('a large text', () => {
  it.each(Object.entries(texts))('is encoded as in one piece: %s', async (_, text) => {
    const { length, stream } = await encodeLargeText(text);
    const whole = Buffer.from(text);
    const encoded = await buffer(stream);
    expect(length).toBe(whole.length);
    expect(encoded.equals(whole)).toBe(true);
  });

  it('lets others in while it is encoded', async () => {
    let turns = 0;
    let done = false;
    const others = (async () => {
      for (; !done; await nextTurn()) turns++;
    })();
    await encodeLargeText(texts.plain);
    done = true;
    await others;
    expect(turns).toBeGreaterThan(3);
  });
});

@Controller()
class LargeAnswers {
  @Get('large')
  large(): ScimAnswer {
    return new ScimAnswer(200, JSON.stringify({ text: texts['of two bytes a character'] }), { ETag: 'W/"7"' });
  }

  @Get('small')
  small(): ScimAnswer {
    return new ScimAnswer(200, JSON.stringify({ text: 'ü' }), { ETag: 'W/"7"' });
  }
}

@Module({ controllers: [LargeAnswers] })
class LargeAnswersModule {}

describe('a large answer', () => {
  let application: NestFastifyApplication;

  beforeAll(async () => {
    const logger = pino({ level: 'silent' });
    const adapter = createHttpAdapter(logger, new ScimExceptionFilter(logger));
    application = await NestFactory.create<NestFastifyApplication>(LargeAnswersModule, adapter, { logger: false });
    await application.listen(0, '127.0.0.1');
  });

  afterAll(() => application.close());

  it('has the headers of a small one, and its whole body', async () => {
    const url = await application.getUrl();
    const [large, small] = await Promise.all([fetch(`${url}/large`), fetch(`${url}/small`)]);
    const headers = (response: Response) =>
      [...response.headers.keys()].filter((name) => !['date', 'content-length'].includes(name)).sort();
    expect(large.status).toBe(200);
    expect(headers(large)).toEqual(headers(small));
    expect(large.headers.get('etag')).toBe('W/"7"');
    expect(large.headers.get('content-type')).toBe('application/scim+json; charset=utf-8');
    expect(large.headers.get('content-length')).toBe(String(2 * largeFrom + '{"text":""}'.length));
    expect(await large.json()).toEqual({ text: texts['of two bytes a character'] });
    await small.body?.cancel();
  });
});
