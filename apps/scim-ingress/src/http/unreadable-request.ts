import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ScimError, scimError } from '#scim-protocol';
import { type Answer, lastAnswer } from './last-answer.js';
import { closeLingering } from './lingering-close.js';
import { errorAnswer, scimMediaType } from './scim-answer.js';

/** What more they send is as unreadable, and reported so again with each packet. */
const refused = new WeakSet<Socket>();

/**
 * Answers what is no HTTP request to the end, and closes the connection: where the next request begins is unknown. The
 * requests before it are answered first (RFC 9112 section 9.3.2), nothing is written amid their answers.
 */
export function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.writableEnded || refused.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  refused.add(socket);
  const last = lastAnswer(socket);
  const refusal = refusalOf(error.code);
  if (last && isAwaitingBody(last)) {
    last.writeHead(refusal.status, refusal.headers).end(refusal.body);
  } else if (last && !last.writableFinished) {
    last.once('finish', () => close(socket, last, refusal));
  } else {
    close(socket, last, refusal);
  }
}

interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string;
}

/** Whether the body that cannot be read is what the answer waits for. */
function isAwaitingBody({ req, headersSent }: Answer): boolean {
  return !req.complete && !headersSent && req.listenerCount('data') > 0;
}

/** @param last where it answers the very request whose body cannot be read, there is nothing left to say. */
function close(socket: Socket, last: Answer | undefined, { status, headers, body }: Refusal): void {
  if (socket.writableEnded) return;
  if (last?.req.complete === false) return closeLingering(socket);
  const fields = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...fields];
  closeLingering(socket, `${head.join('\r\n')}\r\n\r\n${body}`);
}

function refusalOf(code: string | undefined): Refusal {
  const { status, body = '' } = errorAnswer(errorOf(code));
  const headers = {
    'Content-Type': scimMediaType,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  return { status, headers, body };
}

function errorOf(code: string | undefined): ScimError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return scimError('headersTooLarge');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return scimError('requestTimeout');
    default:
      return scimError('invalidSyntax', { reason: 'The request is not valid HTTP' });
  }
}
