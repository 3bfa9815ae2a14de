/** What a topic is for; its name is `<prefix>.<role>.v1`. */
export type TopicRole = 'events' | 'users' | 'groups' | 'memberships';

/** One record for Kafka, before anybody knows its partition. */
export interface RelayMessage {
  readonly topic: TopicRole;
  readonly key: string;
  /** JSON; null is a tombstone: what the key named is no more. */
  readonly value: string | null;
  /** By names in ASCII. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The topic's version grows with a change that no consumer could bear; a new name also takes new partitions. */
export function topicName(prefix: string, role: TopicRole): string {
  return `${prefix}.${role}.v1`;
}
