import { type ByteWriter, sizeOfVarInt } from './byte-writer.js';
import { crc32c } from './crc32c.js';
import type { OutgoingRecord } from './outgoing-record.js';

/** What a partition gets in one request. */
export interface RecordBatch {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly firstSequence: number;
  /** Of all records, milliseconds since the Unix epoch. */
  readonly timestamp: bigint;
  readonly records: readonly OutgoingRecord[];
}

/** The version of the format. */
const magic = 2;

/** Kafka's record batch (`org.apache.kafka.common.record.DefaultRecordBatch`): not compressed, no transaction. */
export function writeRecordBatch(to: ByteWriter, batch: RecordBatch): void {
  const { producerId, producerEpoch, firstSequence, timestamp, records } = batch;
  to.int64(0n); // offset of the first: the broker's to give
  const length = to.at;
  to.int32(0);
  const afterLength = to.at;
  to.int32(0); // epoch of the leader: the broker's to give
  to.int8(magic);
  const checksum = to.at;
  to.uint32(0);
  const checked = to.at;
  to.int16(0); // attributes: none
  to.int32(records.length - 1);
  to.int64(timestamp);
  to.int64(timestamp);
  to.int64(producerId);
  to.int16(producerEpoch);
  to.int32(firstSequence);
  to.int32(records.length);
  records.forEach((record, offset) => writeRecord(to, record, offset));
  to.bytes.writeInt32BE(to.at - afterLength, length);
  to.bytes.writeUInt32BE(crc32c(to.bytes, checked, to.at), checksum);
}

/** Bytes of the length of a record from 64 to 8,191 bytes, which most are. */
const usualLength = 2;

function writeRecord(to: ByteWriter, { key, value, headers }: OutgoingRecord, offset: number): void {
  const start = to.at;
  const body = start + usualLength;
  to.at = body;
  to.varInt(0); // attributes: none
  to.varInt(0); // time after the batch's
  to.varInt(offset);
  to.text(key);
  to.text(value);
  const names = Object.keys(headers);
  to.varInt(names.length);
  for (const name of names) {
    to.text(name);
    to.text(headers[name] as string);
  }
  const size = to.at - body;
  const length = sizeOfVarInt(size);
  // The length stands before what it is of.
  if (length !== usualLength) to.bytes.copyWithin(start + length, body, to.at);
  to.at = start;
  to.varInt(size);
  to.at = start + length + size;
}
