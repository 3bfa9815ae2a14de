import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isJsonObject } from '#kernel';
import type { StoredCredential } from './bearer-credentials.js';

/** What an installation must keep besides its log. */
export interface Installation {
  /** Keys the hashes that stand for claimed names, hexadecimal. Without it every name in the log looks free. */
  readonly nameSecret: string;
  readonly credentials: readonly StoredCredential[];
}

/** The file cannot be used as it is; the message says what to do. */
export class InstallationFileError extends Error {
  override readonly name = 'InstallationFileError';
}

const format = 1;

/**
 * @returns undefined where there is no such file.
 * @throws InstallationFileError
 */
export function readInstallation(file: string): Installation | undefined {
  if (!existsSync(file)) return undefined;
  const content = parse(readFileSync(file, 'utf8'));
  const isOurs = content?.['format'] === format && typeof content['nameSecret'] === 'string';
  if (!isOurs || !Array.isArray(content['credentials'])) {
    throw new InstallationFileError(`${file} is damaged or of another release. Restore it from a backup.`);
  }
  return content as unknown as Installation;
}

/** Replaces the file as a whole, durably, readable by its owner only. */
export function writeInstallation(file: string, installation: Installation): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  writeFileSync(handle, `${JSON.stringify({ format, ...installation }, null, 2)}\n`);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(draft, file);
  // Windows cannot flush a folder (EPERM); NTFS journals the renaming itself.
  if (process.platform === 'win32') return;
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
