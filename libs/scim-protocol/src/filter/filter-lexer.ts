/** `broken` is a quoted text that does not end or is not a JSON string; `text` is then what is left of the input. */
type TokenKind = 'word' | 'string' | '(' | ')' | '[' | ']' | 'end' | 'broken';

export interface Token {
  readonly kind: TokenKind;
  /** The word as written or the value of the string. */
  readonly text: string;
  /** Offset of the first character in the input. */
  readonly start: number;
}

/** Everything that is not white space, a bracket or a quote: attribute paths, operators, keywords, bare literals. */
const word = /[^\s()[\]"]+/y;
const space = /\s*/y;

/** Cuts a filter into tokens one at a time, so that a hostile text costs nothing beyond the place where it goes wrong. */
export class FilterLexer {
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  next(): Token {
    space.lastIndex = this.#offset;
    space.test(this.#text);
    const start = space.lastIndex;
    const first = this.#text[start];
    switch (first) {
      case undefined:
        return this.#token('end', '', start, start);
      case '(':
      case ')':
      case '[':
      case ']':
        return this.#token(first, first, start, start + 1);
      case '"':
        return this.#string(start);
      // A filter's texts are JSON strings; taken for a bare literal this one would match nobody without a word.
      case "'":
        return this.#token('broken', this.#text.slice(start), start, this.#text.length);
      default:
        word.lastIndex = start;
        word.test(this.#text);
        return this.#token('word', this.#text.slice(start, word.lastIndex), start, word.lastIndex);
    }
  }

  #string(start: number): Token {
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const value = parseJsonString(this.#text.slice(start, end + 1));
    if (value === undefined) return this.#token('broken', this.#text.slice(start), start, this.#text.length);
    return this.#token('string', value, start, end + 1);
  }

  #token(kind: TokenKind, text: string, start: number, end: number): Token {
    this.#offset = end;
    return { kind, text, start };
  }
}

/** @param json begins with a quote, so that it is a JSON string or nothing. */
function parseJsonString(json: string): string | undefined {
  try {
    return JSON.parse(json) as string;
  } catch {
    return undefined;
  }
}
