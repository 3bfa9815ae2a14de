import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readJsonBody } from './json-body.js';
import { ScimException } from './scim-exception.js';

/**
 * The request's body as a JSON object. Parsed here, after authentication, so that strangers cannot make the server parse.
 *
 * @throws ScimException
 */
export const ScimBody = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const body = readJsonBody(context.switchToHttp().getRequest<FastifyRequest>().body);
  if (!body.ok) throw new ScimException(body.error);
  return body.value;
});
