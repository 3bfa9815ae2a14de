import type { FastifyReply } from 'fastify';

/** An answer whose status and headers are set, and its body. */
interface ReadyAnswer {
  readonly reply: FastifyReply;
  readonly body: string | undefined;
}

/**
 * Collects the answers of one turn of the event loop and sends them at its end, one after the other.
 *
 * Whoever waits for an answer is woken by it, by this process. Sent amid the work each one finds a client, or the proxy on
 * the same machine, asleep again; sent together the first one wakes it for all. A lone answer waits for nothing, as the turn
 * that made it has nothing else to do.
 */
export class TurnOfAnswers {
  readonly #onFailure: (error: unknown, reply: FastifyReply) => void;
  #ready: ReadyAnswer[] = [];
  #end = Promise.withResolvers<void>();

  /** @param onFailure answers instead where an answer cannot be sent; where it throws, too, the connection is closed. */
  constructor(onFailure: (error: unknown, reply: FastifyReply) => void) {
    this.#onFailure = onFailure;
  }

  /** Resolves at the end of the turn; never rejects. */
  send(reply: FastifyReply, body: string | undefined): Promise<void> {
    if (this.#ready.push({ reply, body }) === 1) setImmediate(() => this.#sendAll());
    return this.#end.promise;
  }

  #sendAll(): void {
    const [answers, end] = [this.#ready, this.#end];
    this.#ready = [];
    this.#end = Promise.withResolvers();
    for (const answer of answers) this.#send(answer);
    end.resolve();
  }

  /** Throws nothing: the other answers are not to be lost. */
  #send({ reply, body }: ReadyAnswer): void {
    try {
      void reply.send(body);
    } catch (error) {
      this.#refuse(error, reply);
    }
  }

  #refuse(error: unknown, reply: FastifyReply): void {
    try {
      this.#onFailure(error, reply);
    } catch {
      reply.raw.destroy();
    }
  }
}
