import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { lastAnswer } from './last-answer.js';

/** How long the client may send nothing, milliseconds. */
export const patience = 2_000;
/** How long it may go on sending, milliseconds. */
const longest = 30_000;
/** How much it may send: bodies several times as long as the longest that is taken. */
export const mostBytes = 64 * 1024 * 1024;
/** How often a connection is looked at that is being closed, milliseconds. */
const interval = 250;

/**
 * Ends our side of a connection, and reads and throws away what still comes, until the client ends its own (RFC 9112
 * section 9.6). Closed at once where something is unread or arrives, the connection would be reset, and a client that sends all of
 * its request before it reads would lose the answer.
 *
 * @param lastWords what is sent before the end.
 */
export function closeLingering(socket: Socket, lastWords = ''): void {
  socket.end(lastWords);
  const began = performance.now();
  const most = socket.bytesRead + mostBytes;
  let [read, heard] = [socket.bytesRead, began];
  const watch = setInterval(() => {
    const now = performance.now();
    if (socket.bytesRead > read) [read, heard] = [socket.bytesRead, now];
    if (read > most || now - heard > patience || now - began > longest) socket.destroy();
  }, interval);
  socket.once('close', () => clearInterval(watch));
}

/** Wherever the HTTP server closes a connection after an answer that did not wait for the end of its request. */
export function lingerWhereBodiesAreUnread(server: Server): void {
  server.on('connection', (socket: Socket) => {
    const destroySoon = socket.destroySoon.bind(socket);
    socket.destroySoon = () => {
      if (lastAnswer(socket)?.req.complete === false) closeLingering(socket);
      else destroySoon();
    };
  });
}
