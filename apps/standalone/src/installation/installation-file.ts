import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isJsonObject } from '#kernel';
import type { StoredCredential } from '../../../scim-ingress/src/index.js';

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
  if (content?.['format'] !== format || !isInstallation(content)) {
    throw new InstallationFileError(`${file} is damaged or of another release. Restore it from a backup.`);
  }
  return content;
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

/** Half a secret would make every name in the log look free, as none does; half a digest could be compared with nothing. */
function isInstallation(content: object): content is Installation {
  const { nameSecret, credentials } = content as Partial<Record<keyof Installation, unknown>>;
  return isSecret(nameSecret) && Array.isArray(credentials) && credentials.every(isCredential);
}

function isCredential(value: unknown): value is StoredCredential {
  if (!isJsonObject(value)) return false;
  const { id, tenant, salt, digest } = value;
  return [id, tenant, salt].every((text) => typeof text === 'string') && isSecret(digest);
}

/** 32 bytes, hexadecimal. */
function isSecret(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
