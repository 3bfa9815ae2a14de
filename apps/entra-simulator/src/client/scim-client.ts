import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '#kernel';
import { serverWords } from './answer-reading.js';
import { type PhaseRecord, RunRecord } from './phase-record.js';
import { RateLimit } from './rate-limit.js';
import { isTransient, type RetryPolicy, waitBeforeRetry } from './retry-policy.js';
import { type Failure, type ScimAnswer, type ScimRequest } from './scim-request.js';
import { type Exchange, ScimTransport, type TransportOptions } from './scim-transport.js';

export interface ClientOptions extends TransportOptions {
  readonly retry: RetryPolicy;
  /** Shared by the clients of one run. */
  readonly rateLimit?: RateLimit;
}

/** A SCIM client that retries, measures what it does and keeps what went wrong, in the phase it works for. */
export class ScimClient {
  readonly #transport: ScimTransport;
  readonly #rateLimit: RateLimit;

  private constructor(
    readonly options: ClientOptions,
    transport: ScimTransport,
    rateLimit: RateLimit,
    readonly phase: PhaseRecord,
  ) {
    this.#transport = transport;
    this.#rateLimit = rateLimit;
  }

  static open(options: ClientOptions, phase: PhaseRecord = new RunRecord().phase('requests')): ScimClient {
    return new ScimClient(options, new ScimTransport(options), options.rateLimit ?? new RateLimit(undefined), phase);
  }

  /** The same connections, recorded under another phase. */
  inPhase(phase: PhaseRecord): ScimClient {
    return new ScimClient(this.options, this.#transport, this.#rateLimit, phase);
  }

  /** @returns the answer if its status is one the request accepts, otherwise the failure, already recorded. */
  async send(request: ScimRequest): Promise<Result<ScimAnswer, Failure>> {
    for (let attempts = 1; ; attempts++) {
      const exchange = await this.#attempt(request);
      if (exchange.answered && request.accept.includes(exchange.answer.status)) {
        return ok({ ...exchange.answer, attempts });
      }
      if (!isTransient(exchange) || attempts > this.options.retry.retries) {
        return exchange.answered
          ? this.refuse(request, exchange.answer.status, serverWords(exchange.answer))
          : this.refuse(request, undefined, exchange.reason);
      }
      this.phase.retries++;
      await sleep(waitBeforeRetry(exchange, attempts - 1, this.options.retry, Date.now()));
    }
  }

  /** Records an answer as a failure: its status was good, what it said was not. */
  refuse(
    request: ScimRequest,
    status: number | undefined,
    words: string,
  ): { readonly ok: false; readonly error: Failure } {
    return err(this.phase.failed({ method: request.method, path: request.path, status, words }));
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  async #attempt(request: ScimRequest): Promise<Exchange> {
    await this.#rateLimit.turn();
    const start = performance.now();
    const exchange = await this.#transport.exchange(request);
    this.phase.attempted(start, performance.now());
    return exchange;
  }
}
