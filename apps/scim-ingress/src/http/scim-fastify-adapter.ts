import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { encodeLargeText, largeFrom } from './large-text.js';
import { ScimAnswer, scimMediaType } from './scim-answer.js';

/** Writes a `ScimAnswer` that a handler returned, without an interceptor or a serializer in between. */
export class ScimFastifyAdapter extends FastifyAdapter {
  /** Of a large answer a promise, which Nest waits for. */
  override reply(...[response, body, statusCode]: Parameters<FastifyAdapter['reply']>): FastifyReply {
    if (!(body instanceof ScimAnswer)) return super.reply(response, body, statusCode);
    const reply = response as unknown as FastifyReply;
    if (body.body === undefined || body.body.length < largeFrom) return sendAnswer(reply, body);
    return sendLargeAnswer(reply, body, body.body) as unknown as FastifyReply;
  }
}

export function sendAnswer(reply: FastifyReply, { status, body, headers }: ScimAnswer): FastifyReply {
  void reply.status(status).headers(headers);
  return body === undefined ? reply.send() : reply.header('Content-Type', scimMediaType).send(body);
}

async function sendLargeAnswer(reply: FastifyReply, { status, headers }: ScimAnswer, body: string): Promise<void> {
  const { length, stream } = await encodeLargeText(body);
  void reply.status(status).headers(headers).header('Content-Type', scimMediaType);
  void reply.header('Content-Length', length).send(stream);
  await reply;
}
