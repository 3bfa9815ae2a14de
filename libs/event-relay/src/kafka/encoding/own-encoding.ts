import { createRequire } from 'node:module';
import type { RelayLogger } from '../relay-logger.js';
import { OutgoingRecord } from './outgoing-record.js';
import { type AnyProduceRequest, encodeProduceRequest, isOurs, type ProduceRequest } from './produce-request.js';

/** What the client's connections look at of a request that is encoded. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

/** The client's module of produce requests: what it asks how to write one. */
export interface ProduceModule {
  protocol: (of: { readonly version: number }) => (request: AnyProduceRequest) => {
    readonly request: { readonly encode: () => Promise<Encoded> };
  };
}

export interface ClientModules {
  readonly version: string;
  readonly produce: ProduceModule;
}

/** The client that this was made for and tried on. */
const knownVersion = '2.2.4';
/** Versions of the request with one layout, from the first that has headers to the last that the client knows. */
const requestVersions = [3, 4, 5, 6, 7];

const require = createRequire(import.meta.url);
const clientOfProcess = (): ClientModules => ({
  version: (require('kafkajs/package.json') as ClientModules).version,
  produce: require('kafkajs/src/protocol/requests/produce') as ProduceModule,
});

const changed = new WeakSet<ProduceModule>();

/**
 * Has the client write requests of `OutgoingRecord`s with our encoding, which is many times as fast as its own
 * (docs/decisions/kafka-client.md). All else that producers of this process send, it writes as ever. Where it is not
 * the client that this was made for, it keeps its own encoding of everything, and a warning says so.
 *
 * @returns whether the client uses it.
 */
export async function useOwnEncoding(logger: RelayLogger, client = clientOfProcess): Promise<boolean> {
  try {
    const { version, produce } = client();
    if (changed.has(produce)) return true;
    if (version !== knownVersion) throw new Error(`This is kafkajs ${version}, not ${knownVersion}`);
    for (const requestVersion of requestVersions) await assertSameBytes(produce, requestVersion);
    if (!changed.has(produce)) replaceEncoding(produce);
    changed.add(produce);
    return true;
  } catch (cause) {
    logger.warn({ error: String(cause) }, 'The Kafka client keeps its own, slower encoding');
    return false;
  }
}

function replaceEncoding(produce: ProduceModule): void {
  const shipped = produce.protocol;
  produce.protocol = (of) => {
    const define = shipped(of);
    if (!requestVersions.includes(of.version)) return define;
    return (request) => {
      const definition = define(request);
      if (!isOurs(request)) return definition;
      const encode = async () => {
        const bytes = encodeProduceRequest(request, Date.now());
        return { buf: bytes, buffer: bytes };
      };
      return { ...definition, request: { ...definition.request, encode } };
    };
  };
}

const sampleRecord = (value: string | null, headers: Record<string, string>) =>
  new OutgoingRecord({ key: 'acme:ü', value, headers }, 0);
/** Of one partition: each gets a time of its own from the client. */
const sample: ProduceRequest = {
  acks: -1,
  timeout: 30_000,
  producerId: '4711',
  producerEpoch: 2,
  topicData: [
    {
      topic: 'events',
      partitions: [
        {
          partition: 3,
          firstSequence: 7,
          messages: [
            sampleRecord(null, {}),
            sampleRecord('{}', { ce_type: 'x' }),
            sampleRecord('€'.repeat(9_000), { ce_id: '€'.repeat(99) }),
          ],
        },
      ],
    },
  ],
};

/** @throws where the client does not write the sample as we do. */
async function assertSameBytes(produce: ProduceModule, version: number): Promise<void> {
  const began = Date.now();
  const { buffer } = await produce.protocol({ version })(sample).request.encode();
  const ended = Date.now();
  // The time of it is in what the client writes.
  for (let now = began; now <= ended; now++) if (encodeProduceRequest(sample, now).equals(buffer)) return;
  throw new Error(`It writes version ${version} of a request in another way than expected`);
}
