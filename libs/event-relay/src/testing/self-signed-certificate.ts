import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** A key of 127.0.0.1 and the certificate it signed for itself, in files. Made by Java's own tool. */
export interface SelfSignedCertificate {
  /** PKCS 12, as Kafka reads it. */
  readonly keyStore: string;
  readonly password: string;
  /** PEM, as clients read it. */
  readonly certificate: string;
}

export function selfSignedCertificate(folder: string): SelfSignedCertificate {
  const keyStore = join(folder, 'broker.p12');
  const certificate = join(folder, 'broker.pem');
  const password = 'key-store-password';
  const store = ['-keystore', keyStore, '-storetype', 'PKCS12', '-storepass', password, '-alias', 'broker'];
  const name = ['-dname', 'CN=127.0.0.1', '-ext', 'san=ip:127.0.0.1', '-validity', '2'];
  keytool('-genkeypair', '-keyalg', 'EC', ...name, ...store);
  keytool('-exportcert', '-rfc', '-file', certificate, ...store);
  return { keyStore, password, certificate };
}

function keytool(...args: readonly string[]): void {
  const { status, stdout, error } = spawnSync('keytool', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`keytool failed: ${error?.message ?? stdout}`);
}
