import { existsSync } from 'node:fs';
import { readCheckpoint } from '../tables/checkpoint.js';
import type { StoredGeneration } from '../tables/stored-generation.js';
import { SqliteConnection } from './sqlite-connection.js';
import {
  catalogueFile,
  generationFile,
  type GenerationRow,
  selectGenerations,
  toGeneration,
} from './sqlite-generation-catalogue.js';
import { isAway } from './store-error.js';

/**
 * The generations of a view in a directory, for another process than the one that has it open; writes nothing.
 *
 * @returns none where no view was ever opened there.
 * @throws SqlStoreError
 */
export async function readSqliteGenerations(directory: string): Promise<readonly StoredGeneration[]> {
  const file = catalogueFile(directory);
  if (!existsSync(file)) return [];
  const rows = await reading(file, (catalogue) =>
    catalogue.rows<GenerationRow>({ text: selectGenerations, params: [] }),
  );
  const kept = rows.map(toGeneration).filter(({ state }) => state !== 'dropped');
  return Promise.all(
    kept.map(async (generation) => ({
      ...generation,
      checkpoint: await checkpointIn(generationFile(directory, generation.number)),
    })),
  );
}

async function checkpointIn(file: string): Promise<StoredGeneration['checkpoint']> {
  try {
    return (await reading(file, readCheckpoint)).checkpoint;
  } catch (error) {
    if (isAway(error) && existsSync(file)) throw error;
    return undefined;
  }
}

async function reading<T>(file: string, read: (connection: SqliteConnection) => Promise<T>): Promise<T> {
  const connection = new SqliteConnection(file, { readOnly: true });
  try {
    return await read(connection);
  } finally {
    connection.close();
  }
}
