import { readFileSync } from 'node:fs';
import { KafkaCluster } from './kafka-cluster.js';
import { selfSignedCertificate } from './self-signed-certificate.js';

/**
 * A broker that lets in one user, over TLS, who may show the password by `plain` or by `scram-sha-512`.
 *
 * @param folder where to put the broker's key and certificate.
 * @returns the broker, and the file of the certificate that clients have to know.
 */
export async function startSecuredKafka(
  folder: string,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<{ readonly cluster: KafkaCluster; readonly certificate: string }> {
  const { certificate, keyStore, password: keyStorePassword } = selfSignedCertificate(folder);
  const users = `required username="${username}" password="${password}" user_${username}="${password}";`;
  const cluster = await KafkaCluster.start({
    formatArguments: ['--add-scram', `SCRAM-SHA-512=[name=${username},password=${password}]`],
    client: {
      ssl: { ca: [readFileSync(certificate, 'utf8')] },
      sasl: { mechanism: 'plain', username, password },
    },
    config: {
      'listener.security.protocol.map': 'CLIENTS:SASL_SSL,CONTROLLER:PLAINTEXT',
      'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-512',
      'sasl.mechanism.inter.broker.protocol': 'PLAIN',
      'listener.name.clients.plain.sasl.jaas.config': `org.apache.kafka.common.security.plain.PlainLoginModule ${users}`,
      'listener.name.clients.scram-sha-512.sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required;',
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': keyStore,
      'ssl.keystore.password': keyStorePassword,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': certificate,
    },
  });
  return { cluster, certificate };
}
