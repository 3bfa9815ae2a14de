import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ScimError, scimError } from '#scim-protocol';
import { errorAnswer, scimMediaType } from './scim-answer.js';

/** How long a client may take to read the answer and to close its side, milliseconds (RFC 9112 section 9.6). */
const lingering = 1_000;

/** Answers what is no HTTP request to the end, on the bare connection, and closes it: where the next begins is unknown. */
export function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (socket.writableEnded) return; // Answered already; what the client still sends is of no interest.
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body = '' } = errorAnswer(refusal(error.code));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${scimMediaType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  // At once would reset the connection where more is arriving, and the client might lose the answer.
  const end = setTimeout(() => socket.destroy(), lingering);
  socket.once('close', () => clearTimeout(end));
}

function refusal(code: string | undefined): ScimError {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return scimError('headersTooLarge');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return scimError('requestTimeout');
    default:
      return scimError('invalidSyntax', { reason: 'The request is not valid HTTP' });
  }
}
