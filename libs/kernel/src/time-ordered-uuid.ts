/**
 * A UUIDv7 (RFC 9562 section 5.7). Ids of one time stand next to each other in an index, so that writes of one time share
 * its pages; within a millisecond they are in no order.
 *
 * @param at milliseconds since the Unix epoch.
 * @param random a UUIDv4, which gives the random bits.
 */
export function timeOrderedUuid(at: number, random: string): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}
