import { randomUUID } from 'node:crypto';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import { AccessDeniedError, NotLeaderError, convertToCommandError } from '@eventstore/db-client';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ExpectedRevision } from '#event-store';
import { type ProposedEvent, appendRequests } from './append-request.js';

interface WaitingAppend {
  readonly stream: string;
  readonly timer: NodeJS.Timeout;
  resolve(success: BatchAppendResp.Success): void;
  reject(error: unknown): void;
}

/** No answer says what became of an append. The events may or may not be written. */
export class AppendUnanswered extends Error {
  override readonly name = 'AppendUnanswered';
}

/** The call broke off before it was begun, so that nothing of it reached the server. */
export class AppendsNotBegun extends Error {
  override readonly name = 'AppendsNotBegun';
}

/** What gRPC's client says of a call for which it has no connection (`@grpc/grpc-js`), or the server has no method. */
const notBegun =
  /UNIMPLEMENTED|No connection established|Name resolution failed|Channel closed before call started|Channel has been shut down/;

/**
 * One call through which all appends of a connection go, and in which the server works on them in their order. Each call
 * knows who waits for its answers; when it breaks off, nobody knows what became of those that wait, and a new one is
 * begun.
 */
export class AppendCall {
  readonly #call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
  readonly #waiting = new Map<string, WaitingAppend>();
  #failure: unknown;

  /** @param onBroken when no more appends may be sent through it. */
  constructor(call: ClientDuplexStream<BatchAppendReq, BatchAppendResp>, onBroken: () => void) {
    this.#call = call;
    const broken = (failure: unknown) => {
      this.#failure ??= failure;
      onBroken();
      this.#rejectAll();
    };
    call.on('data', (answer: BatchAppendResp) => this.#answered(answer));
    call.on('error', (error: Error) => broken(meaningOf(convertToCommandError(error))));
    call.on('end', () => {
      call.end();
      broken(new AppendUnanswered('The server ended the call that takes appends'));
    });
  }

  /**
   * @param timeout milliseconds
   * @throws AppendUnanswered, or what the server or the connection says instead of success.
   */
  append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly ProposedEvent[],
    timeout: number,
  ): Promise<BatchAppendResp.Success> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(id, timeout), timeout);
      this.#waiting.set(id, { stream, timer, resolve, reject });
      if (this.#failure !== undefined) return this.#rejectAll();
      for (const request of appendRequests(id, stream, expected, events)) this.#call.write(request);
    });
  }

  /** An answer to whom gave up has nobody waiting for it. */
  #answered(answer: BatchAppendResp): void {
    const append = this.#take(answer.getCorrelationId()?.getString() ?? '');
    const success = answer.getSuccess();
    const error = answer.getError();
    if (success) append?.resolve(success);
    else append?.reject(error ? unpackToCommandError(error, append.stream) : new Error('The server’s answer is empty'));
  }

  #giveUp(id: string, timeout: number): void {
    this.#take(id)?.reject(new AppendUnanswered(`The event store did not answer within ${timeout} ms`));
  }

  #rejectAll(): void {
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(this.#failure);
  }

  #take(id: string): WaitingAppend | undefined {
    const append = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(append?.timer);
    return append;
  }
}

/** What the end of the call means for every append that waits in it, whichever of them it was about. */
function meaningOf(error: Error): Error {
  if (error instanceof NotLeaderError || error instanceof AccessDeniedError) return error;
  const Meaning = notBegun.test(error.message) ? AppendsNotBegun : AppendUnanswered;
  return new Meaning(error.message, { cause: error });
}
