import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Text of fewer characters is encoded and written in about a millisecond, in one piece. */
export const largeFrom = 1_000_000;
/** Characters that are encoded between two turns of the event loop. */
const pieceLength = 250_000;

/** A body in UTF-8, and its length in bytes. */
export interface EncodedText {
  readonly length: number;
  readonly stream: Readable;
}

/**
 * Encodes the text of a large answer, for example of a group with all of its members, and lets other work in between the
 * pieces: counting the bytes of megabytes and handing them to the socket would hold everybody up.
 */
export async function encodeLargeText(text: string): Promise<EncodedText> {
  const pieces: Buffer[] = [];
  let length = 0;
  let start = 0;
  while (start < text.length) {
    await nextTurn();
    const end = pieceEnd(text, start);
    const piece = Buffer.from(text.slice(start, end));
    pieces.push(piece);
    length += piece.length;
    start = end;
  }
  return { length, stream: Readable.from(pieces) };
}

/** Does not part the two halves of a character outside the basic plane: neither could be encoded alone. */
function pieceEnd(text: string, start: number): number {
  const end = Math.min(start + pieceLength, text.length);
  const last = text.charCodeAt(end - 1);
  return end < text.length && last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
}
