const seed = 0x9747b28c;
const mixing = 0x5bd1e995;

/**
 * The partition that Kafka's own Java clients give the key, so that other producers and stream processors agree with us.
 *
 * @param partitions how many the topic has.
 */
export function partitionOfKey(key: string, partitions: number): number {
  return (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
}

/** The 32-bit MurmurHash 2 of `org.apache.kafka.common.utils.Utils`. */
function murmur2(data: Buffer): number {
  const { length } = data;
  let hash = seed ^ length;
  const whole = length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let block = Math.imul(data.readInt32LE(at), mixing);
    block = Math.imul(block ^ (block >>> 24), mixing);
    hash = Math.imul(hash, mixing) ^ block;
  }
  if (whole < length) {
    for (let at = length - 1; at >= whole; at--) hash ^= (data[at] as number) << (8 * (at - whole));
    hash = Math.imul(hash, mixing);
  }
  hash = Math.imul(hash ^ (hash >>> 13), mixing);
  return hash ^ (hash >>> 15);
}
