import { readFileSync } from 'node:fs';
import { type ISocketFactory, Kafka, type KafkaConfig, logLevel, type RetryOptions, type SASLOptions } from 'kafkajs';
import type { KafkaSettings } from './kafka-settings.js';
import { kafkaLogsTo, type RelayLogger } from './relay-logger.js';

/** Every number is given: the client takes others where NODE_ENV says that it is being tested. */
const pauses = { initialRetryTime: 100, maxRetryTime: 2_000, factor: 0.2, multiplier: 2 };

/** A send is tried for some ten seconds: long enough for another broker to become leader. */
export const sendRetries: RetryOptions = { ...pauses, retries: 8 };

/** Within each try of a send, and for everything else: whoever asks tries again. */
const connectionRetries: RetryOptions = { ...pauses, retries: 2 };

/**
 * Makes clients of the brokers that the settings name.
 *
 * @param requestTimeoutMs after which an answer counts as lost.
 * @throws where the file of the certificate authority cannot be read.
 */
export function kafkaClients(
  settings: KafkaSettings,
  logger: RelayLogger,
  requestTimeoutMs: number,
): (socketFactory: ISocketFactory) => Kafka {
  const { brokers, clientId, tls, sasl } = settings;
  const config: Omit<KafkaConfig, 'socketFactory'> = {
    brokers: [...brokers],
    clientId,
    requestTimeout: requestTimeoutMs,
    connectionTimeout: 5_000,
    authenticationTimeout: 10_000,
    retry: connectionRetries,
    logLevel: logLevel.INFO,
    logCreator: kafkaLogsTo(logger),
    ...(tls && { ssl: tls.caFile === undefined ? true : { ca: [readFileSync(tls.caFile, 'utf8')] } }),
    ...(sasl && { sasl: { ...sasl } as SASLOptions }),
  };
  return (socketFactory) => new Kafka({ ...config, socketFactory });
}
