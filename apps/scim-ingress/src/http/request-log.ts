import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { Histogram } from 'prom-client';
import { pathOf } from './endpoints.js';
import type { Principal } from './scim-request.js';

const duration = new Histogram({
  name: 'scim_request_duration_seconds',
  help: 'Time from the arrival of a request to its answer, by route, method and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

/** One line and one measurement a request. The path is logged without its query, which names people. */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const { id: requestId, method } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = request.routeOptions.url ?? 'unknown';
    duration.observe({ method, route, status }, elapsedTime / 1000);
    const { user } = request as FastifyRequest & { readonly user?: Principal };
    // Pino leaves an actor out that is undefined.
    logger.info(
      { requestId, method, path: pathOf(request.url), status, ms: round(elapsedTime), actor: user?.actor },
      'request',
    );
    done();
  });
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
