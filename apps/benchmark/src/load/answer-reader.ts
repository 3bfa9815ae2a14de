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
  /** What has come of an answer that is not complete. */
  #pieces: Buffer[] = [];
  #length = 0;
  /** Known once the head has come. */
  #expected: Expected | undefined;

  /**
   * @returns the answer once its last byte has come.
   * @throws UnreadableAnswer
   */
  read(chunk: Buffer): Answer | undefined {
    this.#pieces.push(chunk);
    this.#length += chunk.length;
    // A large answer comes in hundreds of pieces: joining them at each would hold up every other connection of the load.
    const expected = (this.#expected ??= readHead(this.#joined()));
    if (expected === undefined || this.#length < expected.end) return undefined;
    const { status, start, end } = expected;
    if (this.#length > end) throw new UnreadableAnswer(`More than one answer came at once, the first with ${status}`);
    const body = this.#joined().subarray(start, end);
    this.#pieces = [];
    this.#length = 0;
    this.#expected = undefined;
    return { status, body };
  }

  #joined(): Buffer {
    const [only] = this.#pieces;
    const joined = only && this.#pieces.length === 1 ? only : Buffer.concat(this.#pieces, this.#length);
    this.#pieces = [joined];
    return joined;
  }
}

interface Expected {
  readonly status: number;
  /** Where the body begins and ends. */
  readonly start: number;
  readonly end: number;
}

/** @returns undefined where the head is not complete. */
function readHead(bytes: Buffer): Expected | undefined {
  const head = bytes.indexOf(headEnd);
  if (head < 0) return undefined;
  const text = bytes.toString('latin1', 0, head);
  const status = Number(text.slice(statusAt, statusAt + 3));
  const start = head + headEnd.length;
  return { status, start, end: start + bodyLength(text, status) };
}

function bodyLength(head: string, status: number): number {
  if (status === 204 || status === 304) return 0;
  const [, length] = contentLength.exec(head) ?? [];
  if (length === undefined) throw new UnreadableAnswer(`An answer without Content-Length: ${head.slice(0, 200)}`);
  return Number(length);
}
