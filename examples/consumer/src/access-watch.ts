import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Consumer, Kafka } from 'kafkajs';
import type { AccessChange } from './access/access-change.js';
import { AccessDirectory } from './access/access-directory.js';
import type { ProvisioningMessage } from './contract/provisioning-message.js';
import { SeenRevisions } from './contract/seen-revisions.js';
import { endsOf } from './kafka/ends-of.js';
import { followFrom } from './kafka/follow-from.js';
import { readToEnd } from './kafka/read-to-end.js';
import { ACCESS_LISTENER, type AccessListener, KAFKA, TOPIC_PREFIX } from './tokens.js';

/**
 * Knows who has access, and tells of every change. Begins with the states of the compacted topics, goes on with events, and
 * reads the states again where events are missing.
 */
@Injectable()
export class AccessWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  #directory = new AccessDirectory();
  readonly #seen = new SeenRevisions();
  #consumer: Consumer | undefined;

  constructor(
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(TOPIC_PREFIX) private readonly prefix: string,
    @Inject(ACCESS_LISTENER) private readonly listener: AccessListener,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // Taken before the states are read: what happens meanwhile comes as an event, too, and is known by its revision.
    const ends = await endsOf(this.kafka, [this.#topic('events')]);
    this.#directory = await this.#readStates();
    this.listener.ready();
    this.#consumer = await followFrom(this.kafka, ends, (message) => this.#take(message));
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#consumer?.disconnect();
  }

  async #take(message: ProvisioningMessage): Promise<void> {
    const verdict = this.#seen.take(message.key, message.revision);
    if (verdict === 'repeated') return;
    if (verdict === 'next') return this.#tell(this.#directory.takeEvent(message));
    this.listener.missed(message.key);
    const read = await this.#readStates();
    this.#tell(this.#directory.changesTo(read));
    this.#directory = read;
  }

  async #readStates(): Promise<AccessDirectory> {
    const directory = new AccessDirectory();
    const newest = new Map<string, number>();
    await readToEnd(this.kafka, ['users', 'groups', 'memberships'].map(this.#topic), (message) => {
      const { key, revision } = message;
      if (revision < (newest.get(key) ?? 0)) return;
      newest.set(key, revision);
      // A membership's state follows from an event of its group.
      this.#seen.startAt(key.split(':', 2).join(':'), revision);
      directory.takeState(message);
    });
    return directory;
  }

  #tell(changes: readonly AccessChange[]): void {
    for (const change of changes) this.listener.changed(change);
  }

  readonly #topic = (role: string) => `${this.prefix}.${role}.v1`;
}
