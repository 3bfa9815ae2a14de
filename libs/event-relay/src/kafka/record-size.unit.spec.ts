import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ByteWriter } from './encoding/byte-writer.js';
import { OutgoingRecord } from './encoding/outgoing-record.js';
import { writeRecordBatch } from './encoding/record-batch.js';
import { batchOverhead } from './record-size.js';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 90 }), fc.string({ maxLength: 300 }));
const headers = fc.dictionary(fc.string({ unit: 'binary-ascii', maxLength: 20 }), text, { maxKeys: 12 });

describe('the size of a record', () => {
  it('is what it takes in a batch, or a few bytes more for each of its parts', () => {
    const property = fc.property(fc.record({ key: text, value: fc.option(text), headers }), (message) => {
      const record = new OutgoingRecord(message, 0);
      const to = new ByteWriter(batchOverhead + record.size);
      const producer = { producerId: 1n, producerEpoch: 0, firstSequence: 0, timestamp: 0n };
      writeRecordBatch(to, { ...producer, records: [record] });
      const taken = to.at - batchOverhead;
      expect(taken).toBeLessThanOrEqual(record.size);
      expect(record.size - taken).toBeLessThanOrEqual(32 + 4 * Object.keys(message.headers).length);
    });
    fc.assert(property);
  });
});
