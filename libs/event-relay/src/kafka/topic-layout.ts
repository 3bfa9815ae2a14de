import type { TopicRole } from '../messages/relay-message.js';
import { topicName } from '../messages/relay-message.js';

/** How the topics are to be; given by an operator, and the same at every start. */
export interface TopicSettings {
  readonly prefix: string;
  /** Never changed on topics in use: a key would move to another partition and lose its order. */
  readonly partitions: number;
  readonly replicationFactor: number;
  /** How long facts are kept in the topic of events. */
  readonly eventRetentionMs: number;
  /** How long tombstones are kept; a consumer that is away for longer misses ends of what it knows. */
  readonly tombstoneRetentionMs: number;
}

/** A topic as it has to be. */
export interface TopicLayout {
  readonly role: TopicRole;
  readonly name: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  /** Kafka's settings of the topic, as text, by Kafka's names. */
  readonly config: Readonly<Record<string, string>>;
}

export function topicLayouts(settings: TopicSettings): readonly TopicLayout[] {
  const { prefix, partitions, replicationFactor, eventRetentionMs, tombstoneRetentionMs } = settings;
  // One replica may be away without stopping the relay. Of three or more, two at least have what was acknowledged then; of
  // two, the one that is left has the only copy on Kafka (docs/kafka.md).
  const durability = { 'min.insync.replicas': String(Math.max(1, replicationFactor - 1)) };
  const layout = (role: TopicRole, config: Record<string, string>): TopicLayout => {
    return { role, name: topicName(prefix, role), partitions, replicationFactor, config: { ...durability, ...config } };
  };
  const compacted = { 'cleanup.policy': 'compact', 'delete.retention.ms': String(tombstoneRetentionMs) };
  return [
    layout('events', { 'cleanup.policy': 'delete', 'retention.ms': String(eventRetentionMs) }),
    layout('users', compacted),
    layout('groups', compacted),
    layout('memberships', compacted),
  ];
}
