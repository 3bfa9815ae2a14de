import type { RelayMessage } from '../messages/relay-message.js';

/** What a batch of records takes beside its records (magic, checksum, producer id and so on), bytes. */
export const batchOverhead = 61;

/** Most that lengths, offset and time of a record take as variable-length integers, bytes. */
const recordOverhead = 32;
/** The lengths of one header's name and value. */
const headerOverhead = 4;

/** The most bytes that the message can take in a batch; a few more than it does take. */
export function recordSize({ key, value, headers }: Omit<RelayMessage, 'topic'>): number {
  let size = recordOverhead + sizeOfText(key);
  if (value !== null) size += Buffer.byteLength(value);
  for (const name in headers) size += headerOverhead + name.length + sizeOfText(headers[name] as string);
  return size;
}

/** Up to so many characters, looking at each is faster than a call out of JavaScript. */
const shortText = 63;

function sizeOfText(text: string): number {
  const { length } = text;
  if (length > shortText) return Buffer.byteLength(text);
  for (let index = 0; index < length; index++) if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  return length;
}

/** Most bytes of a character as UTF-8. */
const widestCharacter = 3;
/** More than all headers of a message of ours take, but for what they repeat of the key. */
const roomForHeaders = 8_192;

/** Whether a batch of the message alone is far from the limit: tells so of nearly all without counting bytes. */
export function isSurelyWithin(limit: number, { key, value }: RelayMessage): boolean {
  return widestCharacter * (2 * key.length + (value?.length ?? 0)) + roomForHeaders <= limit;
}
