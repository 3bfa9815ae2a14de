import type { Server } from 'node:http';
import type { BeforeApplicationShutdown, OnApplicationShutdown } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { HealthIndicator } from '../health/health-indicator.js';

/** How often connections are looked at that have become idle, milliseconds. */
const sweepInterval = 50;
/**
 * How long a request under way may take to end, milliseconds. A client that stalls must not keep the process alive, and
 * Docker kills what has not ended 10 seconds after its signal: two of them are for closing the files.
 */
const defaultDeadline = 8_000;

/**
 * Tells load balancers to send nothing more, before connections close; then ends each connection with the request that
 * was under way on it, or at the deadline. The HTTP server by itself closes only those that are idle when it stops
 * listening, and no longer enforces its time limits on the others.
 */
export class Draining implements HealthIndicator, BeforeApplicationShutdown, OnApplicationShutdown {
  readonly name = 'process';
  #sweep: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;

  /** @param deadline milliseconds. */
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly deadline = defaultDeadline,
  ) {}

  problem(): string | undefined {
    return this.#sweep && 'it is shutting down';
  }

  beforeApplicationShutdown(): void {
    const server = this.host.httpAdapter.getHttpServer() as Server;
    this.#sweep = setInterval(() => server.closeIdleConnections(), sweepInterval);
    this.#end = setTimeout(() => server.closeAllConnections(), this.deadline);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#sweep);
    clearTimeout(this.#end);
  }
}
