import { readFileSync } from 'node:fs';
import type { KafkaConfig, SASLOptions } from 'kafkajs';

const mechanisms: readonly string[] = ['plain', 'scram-sha-256', 'scram-sha-512'];

/**
 * How to reach the brokers, by the variables that the relay is set up with (docs/kafka.md).
 *
 * @throws where they contradict each other, or the authority's file cannot be read; never names a password.
 */
export function readClientSettings(variables: Readonly<Record<string, string | undefined>>): KafkaConfig {
  const text = (name: string) => variables[name]?.trim() || undefined;
  const sasl = readUser(text);
  const useTls = text('KAFKA_TLS') ?? 'false';
  const caFile = text('KAFKA_TLS_CA_FILE');
  demand(useTls === 'true' || useTls === 'false', 'KAFKA_TLS must be true or false');
  demand(caFile === undefined || useTls === 'true', 'KAFKA_TLS_CA_FILE is set, but KAFKA_TLS is not true');
  demand(
    sasl?.mechanism !== 'plain' || useTls === 'true',
    'KAFKA_SASL_MECHANISM plain sends the password readable: set KAFKA_TLS to true as well',
  );
  return {
    clientId: text('KAFKA_CLIENT_ID') ?? 'access-watch',
    brokers: (text('KAFKA_BROKERS') ?? '127.0.0.1:9092').split(',').map((broker) => broker.trim()),
    ...(useTls === 'true' && { ssl: caFile === undefined ? true : { ca: [readFileSync(caFile, 'utf8')] } }),
    ...(sasl && { sasl }),
  };
}

function readUser(text: (name: string) => string | undefined): SASLOptions | undefined {
  const mechanism = text('KAFKA_SASL_MECHANISM')?.toLowerCase();
  const username = text('KAFKA_SASL_USERNAME');
  const password = text('KAFKA_SASL_PASSWORD');
  if (mechanism === undefined) {
    const isUnset = username === undefined && password === undefined;
    demand(isUnset, 'KAFKA_SASL_USERNAME or KAFKA_SASL_PASSWORD is set, but KAFKA_SASL_MECHANISM is not');
    return undefined;
  }
  demand(mechanisms.includes(mechanism), `KAFKA_SASL_MECHANISM must be one of ${mechanisms.join(', ')}`);
  demand(username !== undefined && password !== undefined, 'KAFKA_SASL_MECHANISM needs a username and a password');
  return { mechanism, username, password } as SASLOptions;
}

function demand(holds: boolean, mistake: string): void {
  if (!holds) throw new Error(mistake);
}
