import type { Kafka } from 'kafkajs';
import type { ProvisioningTopics, Reading, TopicsReader } from '../contract/provisioning-topics.js';
import { endsOf } from './ends-of.js';
import { followTopic } from './follow-topic.js';
import { readToEnd } from './read-to-end.js';
import { untilBrokersAnswer } from './until-brokers-answer.js';
import { untilTopicsExist } from './until-topics-exist.js';

const stateRoles = ['users', 'groups', 'memberships'];

export class KafkaTopics implements ProvisioningTopics {
  constructor(
    private readonly kafka: Kafka,
    private readonly prefix: string,
  ) {}

  untilThere(waiting: () => void): Promise<void> {
    return untilTopicsExist(this.kafka, ['events', ...stateRoles].map(this.#topic), waiting);
  }

  read(makeReader: () => TopicsReader): Promise<Reading> {
    return untilBrokersAnswer(async () => {
      const reader = makeReader();
      const events = this.#topic('events');
      const ends = await endsOf(this.kafka, [events]);
      await readToEnd(this.kafka, stateRoles.map(this.#topic), (message) => reader.state(message));
      const consumer = await followTopic(this.kafka, events, ends, reader);
      return { stop: () => consumer.disconnect() };
    });
  }

  readonly #topic = (role: string) => `${this.prefix}.${role}.v1`;
}
