import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readKafkaSettings } from './kafka-settings.js';

const secret = 'correct-horse-battery';
/** Any file that can be read: what is in it is looked at when the client is made. */
const caFile = fileURLToPath(import.meta.url);

function mistakes(variables: Readonly<Record<string, string>>): readonly string[] {
  const result = readKafkaSettings({ KAFKA_BROKERS: 'kafka:9092', ...variables });
  return result.ok ? [] : result.error;
}

describe('the settings of Kafka', () => {
  it('are none where no brokers are named', () => {
    expect(readKafkaSettings({ KAFKA_TLS: 'nonsense' })).toEqual({ ok: true, value: undefined });
  });

  it('need no more than the brokers', () => {
    expect(readKafkaSettings({ KAFKA_BROKERS: 'one:9092, two:9092 ,[::1]:9093' })).toEqual({
      ok: true,
      value: {
        brokers: ['one:9092', 'two:9092', '[::1]:9093'],
        clientId: 'scim-ledger',
        tls: undefined,
        sasl: undefined,
        topics: {
          prefix: 'provisioning',
          partitions: 12,
          replicationFactor: 3,
          eventRetentionMs: 604_800_000,
          tombstoneRetentionMs: 604_800_000,
        },
      },
    });
  });

  it('take a user, TLS and the shape of the topics', () => {
    const result = readKafkaSettings({
      KAFKA_BROKERS: 'kafka:9093',
      KAFKA_CLIENT_ID: 'relay',
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA_FILE: caFile,
      KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512',
      KAFKA_SASL_USERNAME: 'relay',
      KAFKA_SASL_PASSWORD: secret,
      KAFKA_TOPIC_PREFIX: 'acme.provisioning',
      KAFKA_PARTITIONS: '24',
      KAFKA_REPLICATION_FACTOR: '1',
      KAFKA_EVENT_RETENTION_HOURS: '720',
      KAFKA_TOMBSTONE_RETENTION_HOURS: '24',
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        tls: { caFile },
        sasl: { mechanism: 'scram-sha-512', username: 'relay', password: secret },
        topics: { prefix: 'acme.provisioning', partitions: 24, replicationFactor: 1, eventRetentionMs: 2_592_000_000 },
      },
    });
  });

  it.each<[string, Record<string, string>, string]>([
    ['a broker without a port', { KAFKA_BROKERS: 'kafka' }, 'KAFKA_BROKERS must be host:port'],
    ['an address for a broker', { KAFKA_BROKERS: 'http://kafka:9092' }, 'KAFKA_BROKERS must be host:port'],
    ['a prefix Kafka does not take', { KAFKA_TOPIC_PREFIX: 'a b' }, 'KAFKA_TOPIC_PREFIX must be'],
    ['no partitions', { KAFKA_PARTITIONS: '0' }, 'KAFKA_PARTITIONS must be 1 to 10000'],
    ['half a replica', { KAFKA_REPLICATION_FACTOR: '1.5' }, 'KAFKA_REPLICATION_FACTOR must be 1 to 100'],
    ['an unclear TLS', { KAFKA_TLS: 'yes' }, 'KAFKA_TLS must be true or false'],
    ['an authority without TLS', { KAFKA_TLS_CA_FILE: caFile }, 'KAFKA_TLS is not true'],
    ['an authority that is nowhere', { KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: '/nowhere/ca.pem' }, 'cannot be read'],
    ['a user without a mechanism', { KAFKA_SASL_USERNAME: 'relay' }, 'KAFKA_SASL_MECHANISM is not'],
    ['a mechanism without a user', { KAFKA_SASL_MECHANISM: 'scram-sha-256' }, 'KAFKA_SASL_USERNAME is not'],
    ['an unknown mechanism', { KAFKA_SASL_MECHANISM: 'gssapi' }, 'KAFKA_SASL_MECHANISM must be one of plain'],
  ])('are refused with %s', (_, variables, mistake) => {
    expect(mistakes(variables)).toContainEqual(expect.stringContaining(mistake));
  });

  it('do not send a password readable, and do not repeat it in a mistake', () => {
    const user = { KAFKA_SASL_USERNAME: 'relay', KAFKA_SASL_PASSWORD: secret };
    const found = mistakes({ KAFKA_SASL_MECHANISM: 'plain', ...user });
    expect(found).toEqual([expect.stringContaining('sends the password readable')]);
    expect(found.join()).not.toContain(secret);
  });

  it('name every mistake at once', () => {
    expect(mistakes({ KAFKA_BROKERS: 'kafka', KAFKA_PARTITIONS: 'many', KAFKA_TLS: 'maybe' })).toHaveLength(3);
  });
});
