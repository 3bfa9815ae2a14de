import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Partitioners, type PartitionMetadata } from 'kafkajs';
import { partitionOfKey } from './partition-of-key.js';

const partitionMetadata = Array.from({ length: 12 }, (_, partitionId): PartitionMetadata => {
  return { partitionErrorCode: 0, partitionId, leader: 1, replicas: [1], isr: [1] };
});

describe('the partition of a key', () => {
  it("is that of kafkajs's partitioner, which follows the Java client's", () => {
    const partitioner = Partitioners.DefaultPartitioner();
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (key) => {
      const theirs = partitioner({ topic: 'events', partitionMetadata, message: { key, value: null } });
      expect(partitionOfKey(key, partitionMetadata.length)).toBe(theirs);
    });
    fc.assert(property, { numRuns: 1_000 });
  });
});
