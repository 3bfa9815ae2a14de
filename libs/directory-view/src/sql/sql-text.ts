export type SqlValue = string | number | bigint | null;

/** A statement or a part of one; every `?` in the text has its value in `params`, in order. */
export interface SqlText {
  readonly text: string;
  readonly params: readonly SqlValue[];
}

/**
 * Builds a statement from literal text of the program and values. A value can only become a bound parameter, so nothing a
 * client sends can become text.
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlText | SqlValue)[]): SqlText {
  let text = strings[0] as string;
  const params: SqlValue[] = [];
  parts.forEach((part, index) => {
    if (typeof part === 'object' && part !== null) {
      text += part.text;
      params.push(...part.params);
    } else {
      text += '?';
      params.push(part);
    }
    text += strings[index + 1] as string;
  });
  return { text, params };
}

/** A name or a statement that the program has put together itself: nothing a client sends may be in it. */
export function literal(text: string): SqlText {
  return { text, params: [] };
}
