import type { Server } from 'node:http';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { HealthIndicator } from '#platform';

/** How often connections are looked at that have become idle, milliseconds. */
const sweepInterval = 50;

/**
 * Tells load balancers to send nothing more, before connections close; then ends each connection with the request that
 * was under way on it. The HTTP server by itself closes only those that are idle when it stops listening, and would wait
 * for the others until their clients have been silent for the keep-alive time.
 */
@Injectable()
export class Draining implements HealthIndicator, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly name = 'process';
  #sweep: NodeJS.Timeout | undefined;

  constructor(private readonly host: HttpAdapterHost) {}

  problem(): string | undefined {
    return this.#sweep && 'it is shutting down';
  }

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    this.#sweep = setInterval(() => server.closeIdleConnections(), sweepInterval);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#sweep);
  }
}
