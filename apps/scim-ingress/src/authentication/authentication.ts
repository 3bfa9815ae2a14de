import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import passport from 'passport';
import { scimError } from '#scim-protocol';
import { challengeAnswer, errorAnswer } from '../http/scim-answer.js';
import { sendAnswer } from '../http/scim-fastify-adapter.js';
import type { Principal } from '../http/scim-request.js';
import { bearerTokenOf } from './bearer-header.strategy.js';
import { bearerStrategy } from './bearer.strategy.js';
import { VerifiedTokens } from './verified-tokens.js';

/** A request of whatever endpoint; those of SCIM are below a tenant. */
type EndpointRequest = FastifyRequest<{ Params: { readonly tenantId?: string } }> & { user?: Principal };

type Middleware = (request: FastifyRequest, reply: FastifyReply, next: (error?: Error) => void) => void;

/**
 * Lets only a tenant's own credentials through to the endpoints below it. As a hook of the HTTP server and not as a guard,
 * because guards are asked when the body has been read, and a stranger's body is not to cost memory.
 */
@Injectable()
export class Authentication implements OnModuleInit {
  readonly #verified = new VerifiedTokens();

  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addHook<{ Params: { readonly tenantId?: string } }>('onRequest', (request, reply, done) => {
      if (request.params.tenantId === undefined) done();
      else this.#admit(request, request.params.tenantId, reply, done);
    });
  }

  #admit(request: EndpointRequest, tenant: string, reply: FastifyReply, done: (error?: Error) => void): void {
    const token = bearerTokenOf(request.headers);
    const known = token === undefined ? undefined : this.#verified.find(tenant, token);
    if (known) {
      request.user = known;
      done();
      return;
    }
    const answer = (error: Error | null, principal?: Principal | false) => {
      if (error) {
        done(error);
      } else if (principal && token !== undefined) {
        this.#verified.remember(tenant, token, principal);
        request.user = principal;
        done();
      } else {
        sendAnswer(reply, token === undefined ? challengeAnswer() : errorAnswer(scimError('unauthorized')));
      }
    };
    const ask = passport.authenticate(bearerStrategy, { session: false }, answer) as Middleware;
    ask(request, reply, done);
  }
}
