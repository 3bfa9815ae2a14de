import { describe, expect, it } from '@jest/globals';
import { crc32c } from './crc32c.js';

describe('the checksum of a batch', () => {
  // RFC 3720 appendix B.4, and the check value of the catalogue of CRCs.
  it.each<[string, Buffer, number]>([
    ['zeros', Buffer.alloc(32, 0), 0x8a9136aa],
    ['ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
    ['numbers that grow', Buffer.from(Array.from({ length: 32 }, (_, index) => index)), 0x46dd794e],
    ['an odd number of bytes', Buffer.from('123456789'), 0xe3069283],
    ['nothing', Buffer.alloc(0), 0],
  ])('is that of the standard for %s', (_, bytes, expected) => {
    const within = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
    expect(crc32c(within, 6, 6 + bytes.length)).toBe(expected);
  });
});
