import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader.js';
import type { Answer, Exchange } from './exchange.js';
import { UnexpectedAnswer } from './unexpected-answer.js';

interface Waiting {
  answered(answer: Answer): void;
  failed(error: Error): void;
}

/** A keep-alive connection with at most one request under way. */
export class Connection {
  readonly #socket: Socket;
  readonly #reader = new AnswerReader();
  #waiting: Waiting | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection')));
  }

  static async open(port: number): Promise<Connection> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** By callback and not by promise: this is what the load generator does most. */
  send(request: Buffer, answered: (answer: Answer) => void, failed: (error: Error) => void): void {
    this.#waiting = { answered, failed };
    this.#socket.write(request);
  }

  /** @throws UnexpectedAnswer */
  async exchange(exchange: Exchange): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve, reject) => this.send(exchange.request, resolve, reject));
    if (answer.status !== exchange.status) throw new UnexpectedAnswer(exchange, answer);
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    let answer: Answer | undefined;
    try {
      answer = this.#reader.read(chunk);
    } catch (error) {
      return this.#fail(error as Error);
    }
    if (!answer) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.answered(answer);
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.failed(error);
  }
}
