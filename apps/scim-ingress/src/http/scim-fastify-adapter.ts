import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { ScimAnswer, scimMediaType } from './scim-answer.js';

/** Writes a `ScimAnswer` that a handler returned, without an interceptor or a serializer in between. */
export class ScimFastifyAdapter extends FastifyAdapter {
  override reply(...[response, body, statusCode]: Parameters<FastifyAdapter['reply']>): FastifyReply {
    if (body instanceof ScimAnswer) return sendAnswer(response as unknown as FastifyReply, body);
    return super.reply(response, body, statusCode);
  }
}

export function sendAnswer(reply: FastifyReply, { status, body, headers }: ScimAnswer): FastifyReply {
  void reply.status(status).headers(headers);
  return body === undefined ? reply.send() : reply.header('Content-Type', scimMediaType).send(body);
}
