import { existsSync } from 'node:fs';
import type { Position } from '#event-store';
import type { GenerationStatus } from '#projections';
import { readCheckpoint } from '../tables/checkpoint.js';
import { SqliteConnection } from './sqlite-connection.js';
import { catalogueFile, generationFile, listGenerations } from './sqlite-generation-table.js';
import { isAway } from './store-error.js';

/**
 * All generations there ever were of a view in a directory, for another process than the one that has it open; writes nothing.
 *
 * @returns none where no view was ever opened there.
 * @throws SqlStoreError
 */
export async function readSqliteGenerations(directory: string): Promise<readonly GenerationStatus[]> {
  const file = catalogueFile(directory);
  if (!existsSync(file)) return [];
  const generations = await reading(file, listGenerations);
  return Promise.all(
    generations.map(async (generation) => ({
      ...generation,
      checkpoint: await checkpointIn(generationFile(directory, generation.number)),
    })),
  );
}

/** @returns undefined where the file is not made yet, or dropped: its server may do either at any instant. */
async function checkpointIn(file: string): Promise<Position | undefined> {
  // Asked for first: it may be made right after it could not be opened, and would then count as one that is away.
  if (!existsSync(file)) return undefined;
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
