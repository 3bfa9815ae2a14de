import { readSqliteGenerations, SqlStoreError } from '#directory-view';
import type { GenerationStatus, SourceLog } from '#projections';
import type { DataFiles } from './data-files.js';
import { DataFolderError } from './data-folder.js';

/**
 * An event is on disk in the log before the view hears of it. So a view that is ahead of its log says that the log has lost
 * what was acknowledged, or is an older copy of itself; only a person knows which, and whether it is meant.
 *
 * @throws DataFolderError
 */
export async function refuseShortenedLog(files: DataFiles, log: SourceLog): Promise<void> {
  const head = await log.head();
  for (const { logIdentity, checkpoint = head, number } of await readableGenerations(files.view)) {
    if (logIdentity !== log.identity || checkpoint <= head) continue;
    throw new DataFolderError(
      `${files.log} ends at position ${head}, and generation ${number} of the view was built from it up to ${checkpoint}: ` +
        'it has lost its newest events, or is an older copy. Where its files were removed or replaced, put them back, ' +
        'log.sqlite together with its -wal file. Where the older log is meant, as after a restore from a backup, ' +
        `move ${files.view} and ${files.membershipEnd} away: they are made again`,
    );
  }
}

/** A view that is damaged says nothing; it is built again. */
async function readableGenerations(view: string): Promise<readonly GenerationStatus[]> {
  try {
    return await readSqliteGenerations(view);
  } catch (error) {
    if (error instanceof SqlStoreError && error.condition !== 'away') return [];
    throw error;
  }
}
