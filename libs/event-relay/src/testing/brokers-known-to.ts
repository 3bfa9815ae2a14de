import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';

/**
 * How many brokers one of them knows of, itself among them.
 *
 * @param client how a client gets in, where not everybody may.
 * @returns 0 where it does not answer.
 */
export async function brokersKnownTo(broker: string, client?: Pick<KafkaConfig, 'ssl' | 'sasl'>): Promise<number> {
  const kafka = new Kafka({ ...client, brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 0 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    return (await admin.describeCluster()).brokers.length;
  } catch {
    return 0;
  } finally {
    await admin.disconnect();
  }
}
