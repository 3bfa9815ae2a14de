import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { originalText, storableJson, storableText } from './storable-text.js';

/** Of code units, so that halves of pairs come up, and of what is written in place of others. */
const anyText = fc.oneof(
  fc.array(fc.constantFrom('\0', '\u001a', '\ud83d', '\ude00', 'a', '0', '\\u0000', '"'), { maxLength: 8 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))),
);
const texts = anyText.map((units) => units.join(''));

describe('a text in PostgreSQL', () => {
  it('is held without NUL and halves of surrogate pairs, and comes out as it went in', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const stored = storableText(text);
        expect(stored.isWellFormed()).toBe(true);
        expect(stored).not.toContain('\0');
        expect(originalText(stored)).toBe(text);
      }),
    );
  });

  it('is itself where nothing is in the way', () => {
    expect(storableText('Zoë 👩‍👩‍👧 \n\t')).toBe('Zoë 👩‍👩‍👧 \n\t');
  });

  it('is the same within JSON, also as the name of a member', () => {
    const read = (value: unknown): unknown => {
      if (typeof value === 'string') return originalText(value);
      if (Array.isArray(value)) return value.map(read);
      return Object.fromEntries(
        Object.entries(value as object).map(([name, part]) => [originalText(name), read(part)]),
      );
    };
    fc.assert(
      fc.property(texts, texts, (name, text) => {
        const json = storableJson(JSON.stringify({ [name]: text, list: [text] }));
        const texts: string[] = [];
        JSON.parse(json, (key, value: unknown) => texts.push(key, String(value)));
        expect(texts.every((held) => held.isWellFormed() && !held.includes('\0'))).toBe(true);
        expect(read(JSON.parse(json))).toEqual({ [name]: text, list: [text] });
      }),
    );
  });
});
