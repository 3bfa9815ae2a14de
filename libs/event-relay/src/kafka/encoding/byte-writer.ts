/** Up to so many characters, writing one by one is faster than a call out of JavaScript; their length takes one byte. */
const shortText = 63;

/** Writes numbers and text, as Kafka's protocol has them, into bytes of a fixed number. */
export class ByteWriter {
  readonly bytes: Buffer;
  /** Where the next byte goes; may be moved. Beyond the end where there was not room enough. */
  at = 0;

  /** @param capacity bytes. */
  constructor(capacity: number) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  int8(value: number): void {
    this.at = this.bytes.writeInt8(value, this.at);
  }

  int16(value: number): void {
    this.at = this.bytes.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.at = this.bytes.writeInt32BE(value, this.at);
  }

  uint32(value: number): void {
    this.at = this.bytes.writeUInt32BE(value, this.at);
  }

  int64(value: bigint): void {
    this.at = this.bytes.writeBigInt64BE(value, this.at);
  }

  /** Text after its length in 16 bits. */
  string(text: string): void {
    this.int16(Buffer.byteLength(text));
    this.at += this.bytes.write(text, this.at);
  }

  /** A number of variable length (zigzag). @param value from -2^30 to 2^30 - 1. */
  varInt(value: number): void {
    let rest = (value << 1) ^ (value >> 31);
    for (; rest > 0x7f; rest >>>= 7) this.bytes[this.at++] = (rest & 0x7f) | 0x80;
    this.bytes[this.at++] = rest;
  }

  /** Text after its length as a number of variable length; null has length -1. */
  text(text: string | null): void {
    if (text === null) this.varInt(-1);
    else if (text.length > shortText || !this.#shortAscii(text)) {
      const size = Buffer.byteLength(text);
      this.varInt(size);
      this.bytes.write(text, this.at, 'utf8');
      this.at += size;
    }
  }

  /** @returns whether it was ASCII; else nothing is written. */
  #shortAscii(text: string): boolean {
    const { bytes, at } = this;
    const { length } = text;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) return false;
      bytes[at + 1 + index] = code;
    }
    bytes[at] = length << 1;
    this.at = at + 1 + length;
    return true;
  }
}

/** Bytes that `varInt` takes. @param value from 0 to 2^30 - 1. */
export function sizeOfVarInt(value: number): number {
  let size = 1;
  for (let rest = value >>> 6; rest > 0; rest >>>= 7) size++;
  return size;
}
