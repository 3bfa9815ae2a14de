import { batchOverhead } from '../record-size.js';
import { ByteWriter } from './byte-writer.js';
import { OutgoingRecord } from './outgoing-record.js';
import { writeRecordBatch } from './record-batch.js';

/** What the client's producer asks a broker to take, as far as it is ours to write. */
export interface ProduceRequest {
  readonly acks: number;
  /** Milliseconds. */
  readonly timeout: number;
  readonly producerId: string;
  readonly producerEpoch: number;
  readonly topicData: readonly TopicData[];
}

interface TopicData {
  readonly topic: string;
  readonly partitions: readonly {
    readonly partition: number;
    readonly firstSequence: number;
    readonly messages: readonly OutgoingRecord[];
  }[];
}

/** What the client may ask for beside that, in any of its producers. */
export interface AnyProduceRequest extends Omit<ProduceRequest, 'topicData'> {
  readonly transactionalId?: string | null;
  readonly compression?: number;
  readonly topicData: readonly { readonly partitions: readonly { readonly messages: readonly unknown[] }[] }[];
}

export function isOurs(request: AnyProduceRequest): request is AnyProduceRequest & ProduceRequest {
  const { transactionalId, compression, topicData } = request;
  const isOfOurs = (message: unknown) => message instanceof OutgoingRecord;
  return (
    transactionalId == null &&
    !compression &&
    topicData.every(({ partitions }) => partitions.every(({ messages }) => messages.every(isOfOurs)))
  );
}

/** Most bytes of a partition beside its batch, of a topic beside its name, and of a request beside its topics. */
const partitionOverhead = 8;
const topicOverhead = 6;
const requestOverhead = 12;

/**
 * The body of a produce request, versions 3 to 7 (https://kafka.apache.org/protocol#The_Messages_Produce).
 *
 * @param now the time of all its records, milliseconds since the Unix epoch.
 * @throws RangeError where a record is larger than it says.
 */
export function encodeProduceRequest(request: ProduceRequest, now: number): Buffer {
  const to = new ByteWriter(mostBytes(request));
  to.int16(-1); // no transaction
  to.int16(request.acks);
  to.int32(request.timeout);
  to.int32(request.topicData.length);
  const producer = { producerId: BigInt(request.producerId), producerEpoch: request.producerEpoch };
  for (const { topic, partitions } of request.topicData) {
    to.string(topic);
    to.int32(partitions.length);
    for (const { partition, firstSequence, messages } of partitions) {
      to.int32(Number(partition));
      const size = to.at;
      to.int32(0);
      writeRecordBatch(to, { ...producer, firstSequence, timestamp: BigInt(now), records: messages });
      to.bytes.writeInt32BE(to.at - size - 4, size);
    }
  }
  if (to.at > to.bytes.length) throw new RangeError('A record is larger than it says');
  return to.bytes.subarray(0, to.at);
}

function mostBytes({ topicData }: ProduceRequest): number {
  let bytes = requestOverhead;
  for (const { topic, partitions } of topicData) {
    bytes += topicOverhead + Buffer.byteLength(topic);
    for (const { messages } of partitions) {
      bytes += partitionOverhead + batchOverhead;
      for (const { size } of messages) bytes += size;
    }
  }
  return bytes;
}
