import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Consumer, Kafka } from 'kafkajs';
import { AccessDirectory } from './access/access-directory.js';
import { SeenRevisions } from './contract/seen-revisions.js';
import { followTopic } from './kafka/follow-topic.js';
import { readToEnd } from './kafka/read-to-end.js';
import { untilBrokersAnswer } from './kafka/until-brokers-answer.js';
import { untilTopicsExist } from './kafka/until-topics-exist.js';
import { ACCESS_LISTENER, type AccessListener, KAFKA, TOPIC_PREFIX } from './tokens.js';

const stateRoles = ['users', 'groups', 'memberships'];

/**
 * Knows who has access, and tells of every change. Begins with the states of the compacted topics, goes on with events, and
 * begins anew where events are missing.
 */
@Injectable()
export class AccessWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  /** What was told of so far; undefined until the first beginning is over. */
  #told: AccessDirectory | undefined;
  #consumer: Consumer | undefined;
  #beginning: Promise<void> = Promise.resolve();

  constructor(
    @Inject(KAFKA) private readonly kafka: Kafka,
    @Inject(TOPIC_PREFIX) private readonly prefix: string,
    @Inject(ACCESS_LISTENER) private readonly listener: AccessListener,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const topics = ['events', ...stateRoles].map(this.#topic);
    await untilTopicsExist(this.kafka, topics, () => this.listener.waiting());
    this.#beginning = untilBrokersAnswer(() => this.#begin());
    await this.#beginning;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#beginning.catch(() => undefined);
    await this.#consumer?.disconnect();
  }

  /**
   * States first, then every event the topic still has: an event and the state it leads to do not become visible in the same
   * instant, so events must not be begun where they end. What the states knew already falls to the revisions.
   */
  async #begin(): Promise<void> {
    const seen = new SeenRevisions();
    const directory = new AccessDirectory();
    const newest = new Map<string, number>();
    await readToEnd(this.kafka, stateRoles.map(this.#topic), (message) => {
      const { key, revision } = message;
      if (revision < (newest.get(key) ?? 0)) return;
      newest.set(key, revision);
      // A membership's state follows from an event of its group.
      seen.startAt(key.split(':', 2).join(':'), revision);
      directory.takeState(message);
    });
    let missed = false;
    this.#consumer = await followTopic(this.kafka, this.#topic('events'), {
      // Older events may be gone by now, so a jump says nothing here.
      past: (message) => {
        if (seen.take(message.key, message.revision) !== 'repeated') directory.takeEvent(message);
      },
      caughtUp: () => this.#caughtUp(directory),
      live: (message) => {
        const verdict = seen.take(message.key, message.revision);
        if (missed || verdict === 'repeated') return;
        missed = verdict === 'jump';
        if (missed) this.#beginAnew(message.key);
        else for (const change of directory.takeEvent(message)) this.listener.changed(change);
      },
    });
  }

  #caughtUp(directory: AccessDirectory): void {
    if (this.#told) for (const change of this.#told.changesTo(directory)) this.listener.changed(change);
    else this.listener.ready();
    this.#told = directory;
  }

  #beginAnew(key: string): void {
    this.listener.missed(key);
    // Not from within the consumer's own call: it cannot be disconnected before that is over.
    this.#beginning = new Promise(setImmediate).then(async () => {
      await this.#consumer?.disconnect();
      await untilBrokersAnswer(() => this.#begin());
    });
  }

  readonly #topic = (role: string) => `${this.prefix}.${role}.v1`;
}
