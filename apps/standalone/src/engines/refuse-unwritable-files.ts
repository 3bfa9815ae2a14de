import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataFiles } from './data-files.js';
import { DataFolderError } from './data-folder.js';

/**
 * SQLite opens a database that may only be read, and says so at the first write: the server would run, be ready, and take
 * no change.
 *
 * @throws DataFolderError
 */
export function refuseUnwritableFiles({ log, view, membershipEnd, relay }: DataFiles): void {
  const databases = [log, membershipEnd, relay].flatMap((file) => [file, `${file}-wal`, `${file}-shm`]);
  for (const file of [...databases, ...filesIn(view)].filter((path) => existsSync(path))) {
    try {
      accessSync(file, constants.R_OK | constants.W_OK);
    } catch (cause) {
      throw new DataFolderError(
        `${file} cannot be opened: this user may not read and write it (${(cause as NodeJS.ErrnoException).code}). ` +
          'Give it to this user, or start as the user it belongs to',
        { cause },
      );
    }
  }
}

/** None where it is missing, or something else: who opens it says so. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
