import type { TopicsUnderTest } from '#event-relay/testing';
import { ScimClient } from './scim-client.js';
import { dataDirectory, ServerProcess } from './server-process.js';

const hour = 3_600_000;

/** A server on one data folder that publishes to topics; ended and started again as often as a test likes. */
export class PublishingServer {
  readonly #directory = dataDirectory();
  #token = '';
  #running: { readonly process: ServerProcess; readonly client: ScimClient } | undefined;

  /** The data folder. */
  get path(): string {
    return this.#directory.path;
  }

  get origin(): string {
    return this.#now.process.origin;
  }

  get client(): ScimClient {
    return this.#now.client;
  }

  /** @param brokers default: those that have the topics. */
  async start({ settings }: TopicsUnderTest, brokers = settings.brokers.join(',')): Promise<void> {
    const { prefix, partitions, replicationFactor, eventRetentionMs, tombstoneRetentionMs } = settings.topics;
    const environment = {
      KAFKA_BROKERS: brokers,
      KAFKA_TOPIC_PREFIX: prefix,
      KAFKA_PARTITIONS: String(partitions),
      KAFKA_REPLICATION_FACTOR: String(replicationFactor),
      KAFKA_EVENT_RETENTION_HOURS: String(eventRetentionMs / hour),
      KAFKA_TOMBSTONE_RETENTION_HOURS: String(tombstoneRetentionMs / hour),
    };
    const process = await ServerProcess.start({ directory: this.path, environment });
    this.#token = process.token || this.#token;
    this.#running = { process, client: new ScimClient(process.tenantUrl, this.#token) };
  }

  /** Does nothing where none runs. */
  async end(how: 'stop' | 'kill' = 'stop'): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.client.close();
    await running?.process[how]();
  }

  /** Ends it and removes its data. */
  async remove(): Promise<void> {
    await this.end();
    this.#directory.remove();
  }

  get #now() {
    if (!this.#running) throw new Error('No server runs');
    return this.#running;
  }
}
