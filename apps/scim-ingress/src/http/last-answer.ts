import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export type Answer = ServerResponse<IncomingMessage>;

/** Answers of a connection are sent in the order of its requests: when the last one is out, so are all before it. */
const lastAnswers = new WeakMap<Socket, Answer>();

/** Of every connection of the server. */
export function rememberLastAnswers(server: Server): void {
  server.on('request', (request, answer: Answer) => lastAnswers.set(request.socket, answer));
}

/** To the last request that arrived on a connection, sent or not; undefined where none did. */
export function lastAnswer(socket: Socket): Answer | undefined {
  return lastAnswers.get(socket);
}
