import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Access } from './access/access-change.js';
import { AccessDirectory } from './access/access-directory.js';
import type { ProvisioningTopics, Reading, TopicsReader } from './contract/provisioning-topics.js';
import { SeenRevisions } from './contract/seen-revisions.js';
import { ACCESS_LISTENER, type AccessListener, PROVISIONING_TOPICS } from './tokens.js';

/**
 * Knows who has access, and tells of every change. Begins with the states of the compacted topics, goes on with events, and
 * begins anew where events are missing.
 */
@Injectable()
export class AccessWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  /** What was told of so far; undefined until the first beginning is over. */
  #told: AccessDirectory | undefined;
  #reading: Promise<Reading | undefined> = Promise.resolve(undefined);

  constructor(
    @Inject(PROVISIONING_TOPICS) private readonly topics: ProvisioningTopics,
    @Inject(ACCESS_LISTENER) private readonly listener: AccessListener,
  ) {}

  /** Who has access now, as far as was told. */
  accesses(): readonly Access[] {
    return this.#told?.accesses() ?? [];
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.topics.untilThere(() => this.listener.waiting());
    this.#reading = this.topics.read(() => this.#reader());
    await this.#reading;
  }

  async onApplicationShutdown(): Promise<void> {
    const reading = await this.#reading.catch(() => undefined);
    await reading?.stop();
  }

  /**
   * States first, then every event the topic still has: an event and the states it leads to do not become visible in the same
   * instant, so events must not be begun where they end, and one event may be in some of the states and not in others.
   * Whether a message is news is decided for each thing that it speaks of, never for a whole message.
   */
  #reader(): TopicsReader {
    const seen = new SeenRevisions();
    const directory = new AccessDirectory();
    let missed = false;
    return {
      state: (message) => {
        // A membership's state follows from an event of its group.
        seen.named(message.key.split(':', 2).join(':'), message.revision);
        directory.takeState(message);
      },
      event: (message, wasThere) => {
        const knownTo = seen.last(message.key);
        const verdict = seen.take(message.key, message.revision);
        if (missed) return;
        // What is missing among those that were there is in the states.
        missed = !wasThere && verdict === 'jump';
        if (missed) return this.#beginAnew(message.key);
        const changes = directory.takeEvent(message, knownTo);
        if (directory === this.#told) for (const change of changes) this.listener.changed(change);
      },
      caughtUp: () => {
        if (!missed) this.#caughtUp(directory);
      },
      heartbeat: () => {
        if (directory === this.#told) this.listener.heartbeat();
      },
      failed: (error) => {
        if (!missed) this.listener.failed(error);
      },
    };
  }

  #caughtUp(directory: AccessDirectory): void {
    if (this.#told) for (const change of this.#told.changesTo(directory)) this.listener.changed(change);
    else this.listener.ready(directory.accesses());
    this.#told = directory;
  }

  #beginAnew(key: string): void {
    this.listener.missed(key);
    const before = this.#reading;
    // Not from within the reading's own call: it cannot be stopped before that is over.
    this.#reading = new Promise(setImmediate).then(async () => {
      await (await before)?.stop();
      return this.topics.read(() => this.#reader());
    });
    this.#reading.catch((error: Error) => this.listener.failed(error));
  }
}
