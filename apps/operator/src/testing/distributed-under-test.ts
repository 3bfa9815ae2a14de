import { PostgresDirectoryView, projectorNames, viewLeaseOf } from '#directory-view';
import { sampleRegistry } from '#directory-view/testing';
import { openPostgresRelayLedger } from '#event-relay';
import { KurrentEventStore } from '#event-store-kurrent';
import { freshLog, startServerUnderTest } from '#event-store-kurrent/testing';
import { PostgresHalts, PostgresLease } from '#projections-postgres';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { DistributedInstallation } from '../installation/distributed-installation.js';
import { type InstallationUnderTest, withoutEnd } from './installation-under-test.js';

/** On a database of its own, and on EventStoreDB or what stands in for it. */
export async function distributedUnderTest(): Promise<InstallationUnderTest> {
  const resources = new AsyncDisposableStack();
  const server = resources.adopt(await startServerUnderTest(), (started) => started.stop());
  const database = resources.adopt(await TemporaryDatabase.create(), (created) => created.drop());
  const { url } = database;
  const log = freshLog(server);
  const store = resources.adopt(await KurrentEventStore.open(log), (opened) => opened.close());
  const leases = [projectorNames.lease, viewLeaseOf(sampleRegistry)].map(
    (name) => new PostgresLease({ url, name, lastsMs: 60_000 }),
  );
  for (const lease of leases) {
    resources.defer(() => lease.close());
    await lease.claim();
  }
  return {
    store,
    view: async () => {
      const opened = await PostgresDirectoryView.open({ url, registry: sampleRegistry, log: store });
      return resources.adopt(opened, (view) => view.close());
    },
    ledger: () => {
      const ledger = openPostgresRelayLedger({ url, log: withoutEnd(store) });
      return resources.adopt(ledger, (opened) => opened.close());
    },
    halts: () => resources.adopt(new PostgresHalts(url), (halts) => halts.close()),
    stopLeading: async () => void (await Promise.all(leases.map((lease) => lease.release()))),
    open: () => new DistributedInstallation({ eventStore: log, database: url }),
    remove: () => resources.disposeAsync(),
  };
}
