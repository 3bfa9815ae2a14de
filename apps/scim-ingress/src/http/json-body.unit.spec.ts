import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readJsonBody } from './json-body.js';

const read = (text: string) => readJsonBody(Buffer.from(text));
const detailOf = (body: unknown) => {
  const result = readJsonBody(body);
  return result.ok ? 'accepted' : `${result.error.status} ${result.error.detail}`;
};

describe('a request body', () => {
  it('is a JSON object, with or without a byte order mark', () => {
    expect(read('{"userName":"mia"}')).toEqual({ ok: true, value: { userName: 'mia' } });
    expect(read('\ufeff{"userName":"mia"}')).toEqual({ ok: true, value: { userName: 'mia' } });
  });

  it.each([
    ['nothing', undefined, 'it is empty'],
    ['no bytes', Buffer.alloc(0), 'it is empty'],
    ['bytes that are not UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'not UTF-8'],
    ['half an object', Buffer.from('{"a":'), 'malformed'],
    ['a list', Buffer.from('[]'), 'must be a JSON object'],
    ['a text', Buffer.from('"x"'), 'must be a JSON object'],
  ])('is refused in words where it is %s', (_, body, words) => {
    expect(detailOf(body)).toMatch(new RegExp(`^400 .*${words}`));
  });

  it('never finds its own words in the refusal', () => {
    expect(detailOf(Buffer.from('{"token": hunter2 }'))).not.toContain('hunter2');
  });

  it('may hold brackets in texts, but is not nested without end', () => {
    expect(read(`{"a":"${'['.repeat(100_000)}"}`).ok).toBe(true);
    expect(detailOf(Buffer.from('{"a":'.repeat(33) + '1' + '}'.repeat(33)))).toContain('deeper than 32');
    expect(detailOf(Buffer.from('['.repeat(5_000_000)))).toContain('deeper than 32');
    expect(read(`{"a":[${'[],'.repeat(1_000)}[]]}`).ok).toBe(true);
  });

  it('has objects of so many keys and no more', () => {
    const keys = (count: number) => Array.from({ length: count }, (_, key) => `"${key}":1`).join();
    expect(read(`{${keys(1_000)}}`).ok).toBe(true);
    expect(detailOf(Buffer.from(`{${keys(1_001)}}`))).toMatch(/^400 .*more than 1000 keys/);
    expect(detailOf(Buffer.from(`{${'"":1,'.repeat(1_000)}"":1}`))).toContain('more than 1000 keys');
    expect(detailOf(Buffer.from(`{"a":[{},{"b":{${keys(1_001)}}}]}`))).toContain('more than 1000 keys');
    expect(read(`{"a":[${Array.from({ length: 50 }, () => `{${keys(900)}}`).join()}]}`).ok).toBe(true);
    expect(read(`{"a":[${'1,'.repeat(2_000)}1],"b":"${'"",'.replaceAll('"', '\\"').repeat(2_000)}"}`).ok).toBe(true);
  });

  it('holds so many values and no more', () => {
    expect(read(`{"a":[${'1,'.repeat(249_990)}1]}`).ok).toBe(true);
    expect(detailOf(Buffer.from(`{"a":[${'1,'.repeat(250_000)}1]}`))).toMatch(/^413 .*more than 250000 values/);
    expect(detailOf(Buffer.from(`{"a":[${'{},'.repeat(250_000)}1]}`))).toContain('more than 250000 values');
    expect(read(`{"a":"${'1,'.repeat(500_000)}"}`).ok).toBe(true);
  });

  it('is counted right wherever a text, a quote or a bracket stands', () => {
    const counted = fc.json({ maxDepth: 6 }).map((inner) => `{"padding":"${' '.repeat(5_000)}","a":${inner}}`);
    fc.assert(fc.property(counted, (text) => expect(read(text).ok).toBe(true)));
  });

  it('never makes the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(typeof readJsonBody(Buffer.from(bytes)).ok).toBe('boolean');
      }),
    );
  });
});
