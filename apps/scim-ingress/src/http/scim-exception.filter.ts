import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { type ScimError, scimError } from '#scim-protocol';
import { bulkLimits } from '../limits.js';
import { allowedMethods, pathOf } from './endpoints.js';
import { errorAnswer } from './scim-answer.js';
import { ScimException } from './scim-exception.js';
import { sendAnswer } from './scim-fastify-adapter.js';
import { storeFailure } from './store-failure.js';

/** One limit for all bodies; the number is asked for by RFC 7644 section 3.7.4. */
const bodyTooLarge = `The size of the request body exceeds maxPayloadSize (${bulkLimits.maxPayloadSize} bytes)`;

/** Turns whatever was thrown into an answer: below a tenant a SCIM error, elsewhere plain JSON. */
@Catch()
export class ScimExceptionFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(exception, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(exception: unknown, request: FastifyRequest, reply: FastifyReply): void {
    if (reply.sent) return;
    if (exception instanceof HttpException && !/^\/tenants\//i.test(pathOf(request.url))) {
      // The handler that threw may have announced another type.
      void reply.status(exception.getStatus()).type('application/json; charset=utf-8').send(exception.getResponse());
      return;
    }
    const error = this.#errorOf(exception, request);
    const answer = errorAnswer(error);
    if (error.code === 'methodNotAllowed') void reply.header('Allow', allowedMethods(request.url)?.join(', ') ?? '');
    sendAnswer(reply, answer);
  }

  #errorOf(exception: unknown, request: FastifyRequest): ScimError {
    if (exception instanceof ScimException) return exception.scimError;
    const notStored = storeFailure(exception);
    if (notStored) {
      const level = notStored.status === 413 ? 'info' : 'error';
      this.logger[level]({ requestId: request.id, err: exception }, 'the event store does not take the change');
      return notStored;
    }
    const known = serverError(exception, request);
    if (known) return known;
    this.logger.error({ requestId: request.id, err: exception }, 'request failed');
    return scimError('internal', { requestId: request.id });
  }
}

/** What the HTTP server itself refuses before a handler is called. */
function serverError(exception: unknown, request: FastifyRequest): ScimError | undefined {
  // Nest wraps what Fastify refuses into an exception of its own, without Fastify's code.
  const refusal = exception instanceof HttpException ? (exception.cause ?? exception) : exception;
  const { code, status, statusCode } = refusal as { code?: string; status?: number; statusCode?: number };
  const path = pathOf(request.url);
  const parameters = { method: request.method, path };
  switch (code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return scimError('payloadTooLarge', { reason: bodyTooLarge });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return scimError('unsupportedMediaType', { mediaType: request.headers['content-type'] ?? '' });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return scimError('bodyNotJson', { reason: 'its length is not what Content-Length says' });
    case 'FST_ERR_BAD_URL':
      return scimError('invalidSyntax', { reason: 'The request address is not a valid URL' });
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return scimError('noSuchEndpoint', parameters);
    // QUERY without a Content-Type is refused before a route is looked for; no endpoint knows that method.
    case 'FST_ERR_ROUTE_MISSING_CONTENT_TYPE':
      return scimError(allowedMethods(request.url) ? 'methodNotAllowed' : 'noSuchEndpoint', parameters);
    default:
      return otherRefusal(status ?? statusCode, request, parameters);
  }
}

/** Also of requests whose client has hung up: their answer reaches nobody, but they are no failure of the server. */
function otherRefusal(
  status: number | undefined,
  request: FastifyRequest,
  parameters: { readonly method: string; readonly path: string },
): ScimError | undefined {
  if (status === 404) return scimError(allowedMethods(request.url) ? 'methodNotAllowed' : 'noSuchEndpoint', parameters);
  if (status === undefined || status < 400 || status > 499) return undefined;
  return scimError('invalidSyntax', { reason: 'The request is not one the HTTP server can read' });
}
