import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteDirectoryView } from '#directory-view';
import { sampleRegistry } from '#directory-view/testing';
import { openSqliteRelayLedger } from '#event-relay';
import { SqliteEventStore } from '#event-store-sqlite';
import { HaltsInFolder } from '#projections';
import { dataFiles } from '../../../standalone/src/index.js';
import { EmbeddedInstallation } from '../installation/embedded-installation.js';
import { type InstallationUnderTest, withoutEnd } from './installation-under-test.js';

/** In a folder of its own. Whoever has the log open leads. */
export async function embeddedUnderTest(): Promise<InstallationUnderTest> {
  const resources = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'operated-'));
  resources.defer(() => rmSync(directory, { recursive: true }));
  const files = dataFiles(directory);
  const store = SqliteEventStore.open({ file: files.log });
  resources.defer(() => store.close());
  return {
    store,
    view: async () => {
      const options = { directory: files.view, registry: sampleRegistry, log: store };
      return resources.adopt(await SqliteDirectoryView.open(options), (view) => view.close());
    },
    ledger: () => {
      return resources.adopt(openSqliteRelayLedger({ file: files.relay, log: withoutEnd(store) }), (ledger) =>
        ledger.close(),
      );
    },
    halts: () => new HaltsInFolder(files.halts),
    stopLeading: () => store.close(),
    open: () => EmbeddedInstallation.open(directory),
    remove: () => resources.disposeAsync(),
  };
}
