/** An event as the loopback server keeps it: bytes in, the same bytes out. */
export interface StoredRecord {
  readonly stream: string;
  readonly revision: number;
  /** Place in the log, in steps of the record's size as on a real server: most numbers are no place. */
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  /** The message that carries it to readers, once there was one. */
  written?: Uint8Array;
}

export type ProposedRecord = Omit<StoredRecord, 'stream' | 'revision' | 'position' | 'created' | 'written'>;

/** What a server adds to the bytes of an event when it decides whether an append is too large. */
export function sizeOf({ type, data, metadata }: ProposedRecord): number {
  return type.length * 2 + data.length + metadata.length;
}
