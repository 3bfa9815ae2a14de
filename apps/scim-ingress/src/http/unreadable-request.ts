import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type ScimError, scimError } from '#scim-protocol';
import { type Answer, lastAnswer } from './last-answer.js';
import { closeLingering } from './lingering-close.js';
import { errorAnswer, scimMediaType } from './scim-answer.js';

/** What Node says of a connection. */
interface ClientError extends Error {
  readonly code?: string;
  /** The bytes that arrived last (Fastify's types take them for something else), and how many of them could be read. */
  readonly rawPacket?: unknown;
  readonly bytesParsed?: number;
}

/** The first line of a request, up to its end (RFC 9112 section 3). */
const requestLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}) \S+ HTTP\/\d\.\d\r?\n/;
const lastOfToken = /[!#$%&'*+.^_`|~0-9A-Za-z-]*$/;
/** No method has as many letters. */
const longestKnownMethod = 32;

/** What more they send is as unreadable, and reported so again with each packet. */
const refused = new WeakSet<Socket>();

/**
 * Answers what is no HTTP request to the end, and closes the connection: where the next request begins is unknown. The
 * requests before it are answered first (RFC 9112 section 9.3.2), nothing is written amid their answers.
 */
export function refuseUnreadable(error: ClientError, socket: Socket): void {
  if (socket.writableEnded || refused.has(socket)) return;
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  refused.add(socket);
  const last = lastAnswer(socket);
  const refusal = refusalOf(error);
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

function refusalOf(error: ClientError): Refusal {
  const { status, body = '' } = errorAnswer(errorOf(error));
  const headers = {
    'Content-Type': scimMediaType,
    'Content-Length': Buffer.byteLength(body),
    Connection: 'close',
  };
  return { status, headers, body };
}

function errorOf(error: ClientError): ScimError {
  switch (error.code) {
    case 'HPE_INVALID_METHOD': {
      const method = unknownMethod(error);
      return method === undefined
        ? notHttp()
        : scimError('notImplemented', { reason: `${method} is not a method of HTTP that this server knows` });
    }
    case 'HPE_HEADER_OVERFLOW':
      return scimError('headersTooLarge');
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return scimError('requestTimeout');
    default:
      return notHttp();
  }
}

function notHttp(): ScimError {
  return scimError('invalidSyntax', { reason: 'The request is not valid HTTP' });
}

/** Node reads a method up to the first letter that none has; undefined where no line of a request is there. */
function unknownMethod({ rawPacket, bytesParsed = 0 }: ClientError): string | undefined {
  if (!Buffer.isBuffer(rawPacket)) return undefined;
  const read = rawPacket.toString('latin1', Math.max(0, bytesParsed - longestKnownMethod), bytesParsed);
  const [begun = ''] = lastOfToken.exec(read) ?? [];
  return requestLine.exec(begun + rawPacket.toString('latin1', bytesParsed))?.[1];
}
