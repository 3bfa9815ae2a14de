const reversedPolynomial = 0x82f63b78;
/** Bytes taken in one step. */
const stride = 8;

/** At `256 * n + b`: what a byte b that n zero bytes follow does to the checksum. */
const tables = new Int32Array(256 * stride);
for (let byte = 0; byte < 256; byte++) {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? reversedPolynomial : 0);
  tables[byte] = remainder;
}
for (let at = 256; at < tables.length; at++) {
  const shorter = tables[at - 256] as number;
  tables[at] = (shorter >>> 8) ^ (tables[shorter & 0xff] as number);
}

/**
 * The checksum of Kafka's batches (CRC-32C, RFC 3720 appendix B.4), eight bytes at a time: three and a half times as fast as
 * byte by byte. What `node:zlib` computes is another one.
 *
 * @returns unsigned, 32 bits.
 */
export function crc32c(bytes: Uint8Array, start: number, end: number): number {
  const table = tables;
  // Within the bounds there is a number everywhere.
  const at = (index: number) => bytes[index] as number;
  const effect = (index: number) => table[index] as number;
  let crc = -1;
  let next = start;
  for (; next + stride <= end; next += stride) {
    crc ^= at(next) | (at(next + 1) << 8) | (at(next + 2) << 16) | (at(next + 3) << 24);
    crc =
      effect(1792 + (crc & 0xff)) ^
      effect(1536 + ((crc >>> 8) & 0xff)) ^
      effect(1280 + ((crc >>> 16) & 0xff)) ^
      effect(1024 + (crc >>> 24)) ^
      effect(768 + at(next + 4)) ^
      effect(512 + at(next + 5)) ^
      effect(256 + at(next + 6)) ^
      effect(at(next + 7));
  }
  for (; next < end; next++) crc = effect((crc ^ at(next)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}
