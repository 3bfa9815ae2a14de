import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** A folder for what the run's test files share; servers in it are started by the first file that wants one. */
export default function begin() {
  const folder = mkdtempSync(join(tmpdir(), 'scim-ledger-tests-'));
  // Servers that refuse to run as root run as somebody else, who has to get through.
  chmodSync(folder, 0o711);
  process.env.TEST_RUN_FOLDER = folder;
  process.env.TEST_RUN_PID = String(process.pid);
}
