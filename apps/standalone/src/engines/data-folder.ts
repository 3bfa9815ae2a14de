import { accessSync, constants, mkdirSync } from 'node:fs';

/** The data folder cannot be used; the message says why. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/**
 * Makes the folder where it is missing, readable by its owner only.
 *
 * @throws DataFolderError where it cannot be made or written to.
 */
export function prepareDataFolder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new DataFolderError(`DATA_DIR ${directory} is not a folder that can be written to (${code})`, { cause });
  }
}
