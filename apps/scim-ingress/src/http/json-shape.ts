/** Deepest nesting of lists and objects in a body. SCIM needs six; the rest is headroom for custom schemas. */
export const deepestNesting = 32;
/** Most keys of one object in a body. The largest resource has some dozens of attributes; their lists are no keys. */
export const mostKeys = 1_000;
/** Most values in a body: what stands in lists and objects, and these themselves. Parsing holds up all other requests. */
export const mostValues = 250_000;

export type ShapeProblem = 'too deep' | 'too many keys' | 'too many values';

/** A text this short has neither too many keys nor too many values: the shortest key with its value takes five characters. */
const harmlessLength = 5 * mostKeys;

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * What makes a JSON text too much for the parser, which would exhaust its stack or take seconds; undefined where nothing
 * does. Says nothing of whether the text is JSON. Most bodies are short and flat and need not be looked at closely.
 */
export function shapeProblem(text: string): ShapeProblem | undefined {
  return text.length <= harmlessLength && opensAtMost(deepestNesting, text) ? undefined : closeLook(text);
}

/** Counts brackets also in strings, and does not mind when there are some more than levels. */
function opensAtMost(limit: number, text: string): boolean {
  let opened = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      opened += 1;
      if (opened > limit) return false;
    }
  }
  return true;
}

/** Counts brackets and commas outside strings. */
function closeLook(text: string): ShapeProblem | undefined {
  /** How many keys the innermost object has had; none in a list. */
  let keys = 0;
  const keysAround: number[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    switch (code) {
      case quote:
        at = endOfString(text, at);
        break;
      case comma:
        if (++values > mostValues) return 'too many values';
        if (keys > 0 && ++keys > mostKeys) return 'too many keys';
        break;
      case openBrace:
      case openBracket:
        if (++values > mostValues) return 'too many values';
        if (keysAround.push(keys) > deepestNesting) return 'too deep';
        keys = code === openBrace ? 1 : 0;
        break;
      case closeBrace:
      case closeBracket:
        keys = keysAround.pop() ?? 0;
        break;
    }
  }
  return undefined;
}

/** The place of the quote that ends the string which begins at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at++;
  }
  return text.length;
}
