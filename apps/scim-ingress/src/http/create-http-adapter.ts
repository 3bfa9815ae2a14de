import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { NotFoundException } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import type { Logger } from 'pino';
import { scimError } from '#scim-protocol';
import { bulkLimits } from '../limits.js';
import { rememberLastAnswers } from './last-answer.js';
import { lingerWhereBodiesAreUnread } from './lingering-close.js';
import { problemOfHead } from './problem-of-head.js';
import { logRequests } from './request-log.js';
import { ScimException } from './scim-exception.js';
import type { ScimExceptionFilter } from './scim-exception.filter.js';
import { ScimFastifyAdapter } from './scim-fastify-adapter.js';
import { refuseUnreadable } from './unreadable-request.js';

/** A request must have arrived whole within this time, milliseconds. */
const requestTimeout = 60_000;
/** Longer than the idle time of common proxies, so that they and not we close idle connections. */
const keepAliveTimeout = 75_000;

/** Ids of other systems that may go into our log and events. */
const foreignRequestId = /^[A-Za-z0-9._-]{8,64}$/;

/** The HTTP server with its limits: bodies are taken as bytes and read once the client is known. */
export function createHttpAdapter(logger: Logger, filter: ScimExceptionFilter): ScimFastifyAdapter {
  const onFailure = (error: unknown, reply: FastifyReply) => {
    // It may be one of them that cannot be sent.
    for (const header of Object.keys(reply.getHeaders())) void reply.removeHeader(header);
    filter.answer(error, reply.request, reply);
  };
  const options = {
    bodyLimit: bulkLimits.maxPayloadSize,
    requestTimeout,
    keepAliveTimeout,
    connectionTimeout: 0,
    // What still comes on open connections while they drain is answered as ever; Fastify by itself refuses it, and not in SCIM.
    return503OnClosing: false,
    // Asked for by `refuseByTheHead`, in the words of SCIM.
    http: { requireHostHeader: false },
    genReqId: requestIdOf,
    clientErrorHandler: refuseUnreadable,
    logger: false,
    skipMiddie: true,
    routerOptions: {
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      // Microsoft's collection asks for /users, which its own servers take; ids keep their case.
      caseSensitive: false,
      maxParamLength: 512,
    },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) =>
      filter.answer(error, request, reply),
  } as FastifyServerOptions;
  const adapter = new ScimFastifyAdapter(options, onFailure);
  const server = adapter.getInstance();
  rememberLastAnswers(server.server);
  lingerWhereBodiesAreUnread(server.server);
  // What a DELETE carries means nothing (RFC 9110 section 9.3.5): it is not read, whatever type it says it is of.
  server.addHttpMethod('DELETE', { hasBody: false, overrideExisting: true });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(/^application\/(scim\+)?json\s*(;|$)/i, { parseAs: 'buffer' }, (request, body, done) => {
    const { 'content-encoding': encoding = 'identity' } = request.headers;
    if (encoding.toLowerCase() === 'identity') done(null, body);
    else done(new ScimException(scimError('unsupportedContentEncoding', { encoding })));
  });
  logRequests(server, logger);
  refuseByTheHead(server, filter);
  return adapter;
}

/** What is no request, or where there is no endpoint, is answered when its head has arrived: its body is not to cost memory. */
function refuseByTheHead(server: FastifyInstance, filter: ScimExceptionFilter): void {
  // Node answers by itself, and not in SCIM, unless somebody listens.
  server.server.on('checkExpectation', (request, answer) => server.server.emit('request', request, answer));
  const refuse = (request: FastifyRequest, reply: FastifyReply) =>
    filter.answer(new NotFoundException(`Cannot ${request.method} ${request.url}`), request, reply);
  server.addHook('onRequest', (request, reply, done) => {
    const problem = problemOfHead(request.raw);
    if (problem) filter.answer(new ScimException(problem), request, reply);
    else if (request.is404) refuse(request, reply);
    else done();
  });
  // The router would take them for ids of resources.
  for (const searched of ['Users', 'Groups']) {
    const url = `/tenants/:tenantId/scim/v2/${searched}/.search`;
    server.route({ method: ['GET', 'PUT', 'PATCH', 'DELETE'], url, onRequest: refuse, handler: refuse });
  }
}

function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'] ?? request.headers['client-request-id'];
  return typeof given === 'string' && foreignRequestId.test(given) ? given : randomUUID();
}
