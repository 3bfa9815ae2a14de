import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KafkaCluster } from './stand-ins.js';
import { OwnPostgresServer } from '#projections-postgres/testing';

/** The real engines on this machine. Each measurement has databases and topics of its own on them. */
export interface Engines {
  /** On the disk that is measured. */
  readonly folder: string;
  readonly kafka: KafkaCluster;
}

/** Starts PostgreSQL, which flushes what it acknowledges, and a broker of Apache Kafka; ends them after the work. */
export async function withEngines<T>(work: (engines: Engines) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'scim-ledger-benchmark-'));
  // A server that refuses to run as root runs as somebody else, who has to get through.
  chmodSync(folder, 0o711);
  process.env['TEST_RUN_FOLDER'] = folder;
  process.env['TEST_RUN_PID'] = String(process.pid);
  await using resources = new AsyncDisposableStack();
  resources.defer(() => rmSync(folder, { recursive: true, force: true }));
  const postgres = await OwnPostgresServer.start({ isDurable: true });
  resources.defer(() => postgres.stop());
  // Whoever makes a database makes it there, in other processes, too.
  process.env['TEST_DATABASE_URL'] = postgres.url;
  const kafka = await KafkaCluster.start({ isMeasured: true });
  resources.defer(() => kafka.stop());
  const interrupted = Promise.withResolvers<never>();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => interrupted.reject(new Error(`Interrupted by ${signal}`)));
  }
  // Not before the work is over do they end.
  return await Promise.race([work({ folder, kafka }), interrupted.promise]);
}
