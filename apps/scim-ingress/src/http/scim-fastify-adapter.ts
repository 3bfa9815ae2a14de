import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyServerOptions } from 'fastify';
import { encodeLargeText, largeFrom } from './large-text.js';
import { ScimAnswer, scimMediaType } from './scim-answer.js';
import { TurnOfAnswers } from './turn-of-answers.js';

/** Writes a `ScimAnswer` that a handler returned, without an interceptor or a serializer in between. */
export class ScimFastifyAdapter extends FastifyAdapter {
  readonly #answers: TurnOfAnswers;

  /** @param onFailure as `TurnOfAnswers` takes it. */
  constructor(options: FastifyServerOptions, onFailure: ConstructorParameters<typeof TurnOfAnswers>[0]) {
    super(options);
    this.#answers = new TurnOfAnswers(onFailure);
  }

  /**
   * Nest waits for what is returned, and Fastify takes an answer that is not sent then for a forgotten one. A promise, not the
   * reply, which can be waited for, too, but sets nine listeners on the response to tell when it is over.
   */
  override reply(...[response, body, statusCode]: Parameters<FastifyAdapter['reply']>): FastifyReply {
    if (!(body instanceof ScimAnswer)) return super.reply(response, body, statusCode);
    const reply = response as unknown as FastifyReply;
    setHead(reply, body);
    const isLarge = body.body !== undefined && body.body.length >= largeFrom;
    const sent = isLarge ? sendLargeText(reply, body.body) : this.#answers.send(reply, body.body);
    return sent as unknown as FastifyReply;
  }
}

/** At once: what is refused does not wait for what is answered. */
export function sendAnswer(reply: FastifyReply, answer: ScimAnswer): void {
  setHead(reply, answer);
  void reply.send(answer.body);
}

function setHead(reply: FastifyReply, { status, body, headers }: ScimAnswer): void {
  void reply.status(status).headers(headers);
  if (body !== undefined) void reply.header('Content-Type', scimMediaType);
}

async function sendLargeText(reply: FastifyReply, text: string): Promise<void> {
  const { length, stream } = await encodeLargeText(text);
  void reply.header('Content-Length', length).send(stream);
  await reply;
}
