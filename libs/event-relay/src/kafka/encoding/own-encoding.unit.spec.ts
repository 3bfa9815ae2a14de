import { createRequire } from 'node:module';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { OutgoingRecord } from './outgoing-record.js';
import { type ClientModules, type ProduceModule, useOwnEncoding } from './own-encoding.js';
import { type AnyProduceRequest, encodeProduceRequest, type ProduceRequest } from './produce-request.js';

const shipped = createRequire(import.meta.url)('kafkajs/src/protocol/requests/produce') as ProduceModule;
/** Modules of a test's own: those of the process are left as they are. */
const modules = ({ version = '2.2.4', protocol = shipped.protocol } = {}) => ({ version, produce: { protocol } });

const text = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  // With halves of characters.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc.tuple(fc.string({ unit: 'binary', maxLength: 3 }), fc.nat(9_000)).map(([some, times]) => some.repeat(times)),
);
const name = fc.string({ unit: 'binary-ascii', maxLength: 80 });
const record = fc
  .record({ key: text, value: fc.option(text), headers: fc.dictionary(name, text, { maxKeys: 12 }) })
  .map((message) => new OutgoingRecord(message, 0));
const partition = fc.record({
  partition: fc.nat(),
  firstSequence: fc.nat(),
  messages: fc.array(record, { minLength: 1, maxLength: 5 }),
});
const request: fc.Arbitrary<ProduceRequest> = fc.record({
  acks: fc.constantFrom(-1, 1),
  timeout: fc.nat(),
  producerId: fc.bigInt({ min: -1n, max: 2n ** 63n - 1n }).map(String),
  producerEpoch: fc.nat(0x7fff),
  topicData: fc.array(
    fc.record({ topic: fc.string({ unit: 'binary' }), partitions: fc.array(partition, { maxLength: 3 }) }),
    { maxLength: 3 },
  ),
});
const requestVersion = fc.integer({ min: 3, max: 7 });

describe("our encoding in the client's place", () => {
  const now = 1_795_000_000_000;
  const messages = [new OutgoingRecord({ key: 'acme:a', value: '{}', headers: { ce_type: 'user.state.v1' } }, 0)];
  const ours: ProduceRequest = {
    acks: -1,
    timeout: 30_000,
    producerId: '1',
    producerEpoch: 0,
    topicData: [{ topic: 'users', partitions: [{ partition: 0, firstSequence: 0, messages }] }],
  };
  let warnings: string[];
  const ignored = () => undefined;
  const logger = { warn: (_: object, message: string) => void warnings.push(message), info: ignored, debug: ignored };
  beforeEach(() => {
    warnings = [];
    jest.spyOn(Date, 'now').mockReturnValue(now);
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('writes every request as the client does, to the byte', async () => {
    const property = fc.asyncProperty(request, requestVersion, async (any, version) => {
      const { buffer } = await shipped.protocol({ version })(any).request.encode();
      expect(encodeProduceRequest(any, now).equals(buffer)).toBe(true);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('is what the client uses for records of ours', async () => {
    const client = modules();
    expect(await useOwnEncoding(logger, () => client)).toBe(true);
    const definition = client.produce.protocol({ version: 7 })(ours);
    expect(definition).toMatchObject({ request: { apiName: 'Produce', apiVersion: 7 } });
    const { buf, buffer } = await definition.request.encode();
    expect(buf).toBe(buffer);
    expect(buffer).toEqual(encodeProduceRequest(ours, now));
  });

  it.each<[string, AnyProduceRequest]>([
    ['messages of others', { ...ours, topicData: [{ partitions: [{ messages: [...messages, { value: 'x' }] }] }] }],
    ['transactions', { ...ours, transactionalId: 'relay' }],
    ['compressed messages', { ...ours, compression: 1 }],
  ])('leaves %s to the client', async (_, request) => {
    const client = modules();
    await useOwnEncoding(logger, () => client);
    const shippedRequest = shipped.protocol({ version: 7 })(request).request;
    expect(String(client.produce.protocol({ version: 7 })(request).request.encode)).toBe(String(shippedRequest.encode));
  });

  it('is put in place once, however many publishers there are', async () => {
    const client = modules();
    await Promise.all([useOwnEncoding(logger, () => client), useOwnEncoding(logger, () => client)]);
    const { protocol } = client.produce;
    expect(await useOwnEncoding(logger, () => client)).toBe(true);
    expect(client.produce.protocol).toBe(protocol);
  });

  it.each<[string, () => ClientModules]>([
    ['is of another version', () => modules({ version: '2.3.0' })],
    ['has no such module', () => createRequire(import.meta.url)('kafkajs/src/elsewhere') as ClientModules],
    ['writes requests otherwise', () => modules({ protocol: () => shipped.protocol({ version: 2 }) })],
  ])('is not used, and a warning says so, where the client %s', async (_, client) => {
    expect(await useOwnEncoding(logger, client)).toBe(false);
    expect(warnings).toEqual(['The Kafka client keeps its own, slower encoding']);
  });

  it('takes to the client that is installed', async () => {
    expect(await useOwnEncoding(logger)).toBe(true);
    expect(warnings).toEqual([]);
  });

  it('fails rather than writes a request with a record that is larger than it says', () => {
    const record = Object.assign(new OutgoingRecord({ key: 'a', value: 'v'.repeat(99), headers: {} }, 0), { size: 32 });
    const partition = { partition: 0, firstSequence: 0, messages: [record] };
    const topicData = [{ topic: 'users', partitions: [partition] }];
    expect(() => encodeProduceRequest({ ...ours, topicData }, now)).toThrow(RangeError);
  });
});
