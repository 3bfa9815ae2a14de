/** Stands before the four hexadecimal digits of a code unit that PostgreSQL's `text` cannot hold, and of itself. */
const mark = '\u001a';
const half = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
const unstorable = new RegExp(`[\\0${mark}]|${half}`, 'g');
const marked = new RegExp(`${mark}([0-9a-f]{4})`, 'g');

/**
 * A text as PostgreSQL can hold it. `text` takes neither NUL nor half of a surrogate pair: these are written as a mark and
 * their number. Different texts stay different, so that equality and uniqueness mean the same; only the order of such
 * texts among others is not that of their code points. See docs/decisions/text-in-postgresql.md.
 */
export function storableText(text: string): string {
  if (text.isWellFormed() && !text.includes('\0') && !text.includes(mark)) return text;
  return text.replace(unstorable, (unit) => mark + unit.charCodeAt(0).toString(16).padStart(4, '0'));
}

/** The text that `storableText` was given. */
export function originalText(stored: string): string {
  if (!stored.includes(mark)) return stored;
  return stored.replace(marked, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
}

/** The same for all texts within a JSON text, which may be names of members too: `jsonb` has the limits of `text`. */
export function storableJson(json: string): string {
  // Only what JSON.stringify escapes by number can be in question, and that is rare.
  if (!json.includes('\\u')) return json;
  return JSON.stringify(JSON.parse(json), (_, value: unknown) => storableValue(value));
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [storableText(name), member as unknown]));
}
