import type { Answer } from './exchange.js';

const headEnd = Buffer.from('\r\n\r\n');
const statusAt = 'HTTP/1.1 '.length;
const contentLength = /\r\ncontent-length: *(\d+)/i;

/** The bytes are no answer of the kind the servers under load give. */
export class UnreadableAnswer extends Error {
  override readonly name = 'UnreadableAnswer';
}

/**
 * Finds where an HTTP/1.1 answer ends (RFC 9112): reads the status and `Content-Length` and leaves the rest alone. Knows
 * no chunked bodies, and expects one answer at a time: who sends the next request has read the last answer.
 */
export class AnswerReader {
  #pending: Buffer | undefined;

  /**
   * @returns the answer once its last byte has come.
   * @throws UnreadableAnswer
   */
  read(chunk: Buffer): Answer | undefined {
    const bytes = this.#pending ? Buffer.concat([this.#pending, chunk]) : chunk;
    const head = bytes.indexOf(headEnd);
    const answer = head < 0 ? undefined : readAnswer(bytes, head);
    this.#pending = answer ? undefined : bytes;
    return answer;
  }
}

function readAnswer(bytes: Buffer, head: number): Answer | undefined {
  const text = bytes.toString('latin1', 0, head);
  const status = Number(text.slice(statusAt, statusAt + 3));
  const start = head + headEnd.length;
  const end = start + bodyLength(text, status);
  if (bytes.length < end) return undefined;
  if (bytes.length > end) throw new UnreadableAnswer(`More than one answer came at once, the first with ${status}`);
  return { status, body: bytes.subarray(start, end) };
}

function bodyLength(head: string, status: number): number {
  if (status === 204 || status === 304) return 0;
  const [, length] = contentLength.exec(head) ?? [];
  if (length === undefined) throw new UnreadableAnswer(`An answer without Content-Length: ${head.slice(0, 200)}`);
  return Number(length);
}
