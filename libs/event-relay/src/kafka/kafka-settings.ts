import { accessSync, constants } from 'node:fs';
import { err, ok, type Result } from '#kernel';
import type { TopicSettings } from './topic-layout.js';

/** How to reach the brokers, and what the topics are to be like. */
export interface KafkaSettings {
  /** Each as `host:port`. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Undefined: no TLS. */
  readonly tls: { readonly caFile?: string } | undefined;
  readonly sasl: SaslSettings | undefined;
  readonly topics: TopicSettings;
}

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export interface SaslSettings {
  readonly mechanism: (typeof mechanisms)[number];
  readonly username: string;
  readonly password: string;
}

const hour = 3_600_000;
/** The largest time in hours that Kafka's milliseconds hold exactly in a number of ours. */
const mostHours = 2_000_000;

/**
 * Reads the settings from environment variables; docs/kafka.md has the table.
 *
 * @returns undefined where KAFKA_BROKERS is not set; every mistake, each in a sentence that names the variable.
 */
export function readKafkaSettings(
  variables: Readonly<Record<string, string | undefined>>,
): Result<KafkaSettings | undefined, string[]> {
  const mistakes: string[] = [];
  const text = (name: string) => variables[name]?.trim() || undefined;
  const demand = (holds: boolean, mistake: string) => holds || mistakes.push(mistake);
  const wholeNumber = (name: string, fallback: number, most: number) => {
    const given = text(name) ?? String(fallback);
    demand(/^\d{1,9}$/.test(given) && Number(given) >= 1 && Number(given) <= most, `${name} must be 1 to ${most}`);
    return Number(given);
  };

  const brokers = text('KAFKA_BROKERS')
    ?.split(',')
    .map((broker) => broker.trim());
  if (brokers === undefined) return ok(undefined);
  demand(
    brokers.every((broker) => /^(\[[0-9a-fA-F:]+\]|[^\s:/]+):\d{1,5}$/.test(broker)),
    'KAFKA_BROKERS must be host:port, several separated by commas',
  );
  const prefix = text('KAFKA_TOPIC_PREFIX') ?? 'provisioning';
  demand(
    /^[A-Za-z0-9._-]{1,200}$/.test(prefix),
    'KAFKA_TOPIC_PREFIX must be at most 200 letters, digits, dots, dashes and underscores',
  );
  const useTls = text('KAFKA_TLS') ?? 'false';
  demand(['true', 'false'].includes(useTls), 'KAFKA_TLS must be true or false');
  const caFile = text('KAFKA_TLS_CA_FILE');
  demand(caFile === undefined || useTls === 'true', 'KAFKA_TLS_CA_FILE is set, but KAFKA_TLS is not true');
  demand(caFile === undefined || isReadable(caFile), 'KAFKA_TLS_CA_FILE names a file that cannot be read');
  const sasl = readSasl(text, demand);
  demand(
    sasl?.mechanism !== 'plain' || useTls === 'true',
    'KAFKA_SASL_MECHANISM plain sends the password readable: set KAFKA_TLS to true as well',
  );
  const settings: KafkaSettings = {
    brokers,
    clientId: text('KAFKA_CLIENT_ID') ?? 'scim-ledger',
    tls: useTls === 'true' ? { ...(caFile !== undefined && { caFile }) } : undefined,
    sasl,
    topics: {
      prefix,
      partitions: wholeNumber('KAFKA_PARTITIONS', 12, 10_000),
      replicationFactor: wholeNumber('KAFKA_REPLICATION_FACTOR', 3, 100),
      eventRetentionMs: wholeNumber('KAFKA_EVENT_RETENTION_HOURS', 168, mostHours) * hour,
      tombstoneRetentionMs: wholeNumber('KAFKA_TOMBSTONE_RETENTION_HOURS', 168, mostHours) * hour,
    },
  };
  return mistakes.length > 0 ? err(mistakes) : ok(settings);
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}

function readSasl(
  text: (name: string) => string | undefined,
  demand: (holds: boolean, mistake: string) => unknown,
): SaslSettings | undefined {
  const given = text('KAFKA_SASL_MECHANISM');
  const username = text('KAFKA_SASL_USERNAME');
  const password = text('KAFKA_SASL_PASSWORD');
  if (given === undefined) {
    const lone = username === undefined && password === undefined;
    demand(lone, 'KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is set, but KAFKA_SASL_MECHANISM is not');
    return undefined;
  }
  const mechanism = mechanisms.find((name) => name === given.toLowerCase());
  demand(mechanism !== undefined, `KAFKA_SASL_MECHANISM must be one of ${mechanisms.join(', ')}`);
  demand(username !== undefined, 'KAFKA_SASL_MECHANISM is set, but KAFKA_SASL_USERNAME is not');
  demand(password !== undefined, 'KAFKA_SASL_MECHANISM is set, but KAFKA_SASL_PASSWORD is not');
  return mechanism && username && password ? { mechanism, username, password } : undefined;
}
