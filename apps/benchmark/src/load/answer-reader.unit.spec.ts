import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerReader, UnreadableAnswer } from './answer-reader.js';

const answer = Buffer.from('HTTP/1.1 201 Created\r\nETag: W/"0"\r\ncontent-length: 11\r\n\r\n{"id":"ü"}');

describe('AnswerReader', () => {
  it('reads an answer that comes in any pieces', () => {
    const cuts = fc.subarray(Array.from({ length: answer.length - 1 }, (_, index) => index + 1));
    const property = fc.property(cuts, (places) => {
      const reader = new AnswerReader();
      const bounds = [0, ...places, answer.length];
      const pieces = bounds.slice(1).map((end, index) => answer.subarray(bounds[index], end));
      const read = pieces.map((piece) => reader.read(piece));
      expect(read.slice(0, -1)).toEqual(pieces.slice(0, -1).map(() => undefined));
      expect(read.at(-1)?.status).toBe(201);
      expect(read.at(-1)?.body.toString()).toBe('{"id":"ü"}');
    });
    fc.assert(property, { seed: 20260101 });
  });

  it('reads one answer after the other', () => {
    const reader = new AnswerReader();
    reader.read(answer);
    const next = reader.read(Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'));
    expect(next?.status).toBe(200);
    expect(next?.body.toString()).toBe('{}');
  });

  it('knows that 204 and 304 have no body', () => {
    for (const status of [204, 304]) {
      const read = new AnswerReader().read(Buffer.from(`HTTP/1.1 ${status} Nothing\r\nETag: W/"0"\r\n\r\n`));
      expect(read).toEqual({ status, body: Buffer.alloc(0) });
    }
  });

  it('refuses an answer whose length it cannot tell', () => {
    const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n');
    expect(() => new AnswerReader().read(chunked)).toThrow(UnreadableAnswer);
  });

  it('refuses more than it was answered', () => {
    expect(() => new AnswerReader().read(Buffer.concat([answer, answer]))).toThrow(UnreadableAnswer);
  });
});
