import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { readClientSettings } from './client-settings.js';

/** Any file that can be read. */
const caFile = fileURLToPath(import.meta.url);
const user = { KAFKA_SASL_USERNAME: 'watch', KAFKA_SASL_PASSWORD: 'correct-horse-battery' };

describe('the settings of the client', () => {
  it('need nothing for a broker on this machine', () => {
    expect(readClientSettings({})).toEqual({ clientId: 'access-watch', brokers: ['127.0.0.1:9092'] });
  });

  it('take brokers, TLS and a user', () => {
    const brokers = { KAFKA_BROKERS: 'one:9093, two:9093', KAFKA_CLIENT_ID: 'watch' };
    const tls = { KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: caFile };
    expect(readClientSettings({ ...brokers, ...tls, KAFKA_SASL_MECHANISM: 'SCRAM-SHA-512', ...user })).toEqual({
      clientId: 'watch',
      brokers: ['one:9093', 'two:9093'],
      ssl: { ca: [readFileSync(caFile, 'utf8')] },
      sasl: { mechanism: 'scram-sha-512', username: 'watch', password: 'correct-horse-battery' },
    });
    expect(readClientSettings({ KAFKA_TLS: 'true' })).toMatchObject({ ssl: true });
  });

  it.each<[string, Record<string, string>, string]>([
    ['an unclear TLS', { KAFKA_TLS: 'yes' }, 'KAFKA_TLS must be true or false'],
    ['an authority without TLS', { KAFKA_TLS_CA_FILE: caFile }, 'KAFKA_TLS is not true'],
    ['an authority that is nowhere', { KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: '/nowhere/ca.pem' }, '/nowhere/ca.pem'],
    ['a user without a mechanism', user, 'KAFKA_SASL_MECHANISM is not'],
    ['a mechanism without a user', { KAFKA_SASL_MECHANISM: 'scram-sha-256' }, 'needs a username'],
    ['an unknown mechanism', { KAFKA_SASL_MECHANISM: 'gssapi', ...user }, 'must be one of plain'],
    ['a password that would be readable', { KAFKA_SASL_MECHANISM: 'plain', ...user }, 'set KAFKA_TLS to true'],
  ])('are refused with %s', (_, variables, mistake) => {
    expect(() => readClientSettings(variables)).toThrow(mistake);
    expect(() => readClientSettings(variables)).not.toThrow(user.KAFKA_SASL_PASSWORD);
  });
});
