import { randomBytes } from 'node:crypto';
import {
  defaultCredential,
  defaultTenant,
  generateToken,
  type StoredCredential,
  storedCredential,
} from '../../../scim-ingress/src/index.js';
import { type Installation, InstallationFileError, readInstallation, writeInstallation } from './installation-file.js';

export interface PreparedInstallation {
  readonly nameSecret: Buffer;
  readonly credentials: readonly StoredCredential[];
  /** A token made just now: the only time it can be shown. */
  readonly generatedToken: string | undefined;
}

export interface PrepareOptions {
  readonly file: string;
  /** SCIM_BEARER_TOKEN: the default tenant's token for this run, instead of what is kept. */
  readonly givenToken: string | undefined;
  /** Whether to replace the kept token by another one. */
  readonly renewToken: boolean;
  /** Whether the log holds events already: then its installation file must exist. */
  readonly hasEvents: boolean;
}

/**
 * Loads what the installation keeps, or makes it at the first start.
 *
 * @throws InstallationFileError
 */
export function prepareInstallation({ file, givenToken, renewToken, hasEvents }: PrepareOptions): PreparedInstallation {
  const kept = readInstallation(file);
  if (!kept && hasEvents) {
    throw new InstallationFileError(
      `${file} is missing, but the log beside it has events: without the file every name in the log would look free. ` +
        'Restore it from the backup the log is from.',
    );
  }
  const installation: Installation = kept ?? { nameSecret: randomBytes(32).toString('hex'), credentials: [] };
  const generatedToken =
    givenToken === undefined && (renewToken || installation.credentials.length === 0) ? generateToken() : undefined;
  const token = givenToken ?? generatedToken;
  const credentials =
    token === undefined ? installation.credentials : [storedCredential(defaultCredential, defaultTenant, token)];
  if (!kept || generatedToken !== undefined) {
    writeInstallation(file, { ...installation, credentials: generatedToken === undefined ? [] : credentials });
  }
  return { nameSecret: Buffer.from(installation.nameSecret, 'hex'), credentials, generatedToken };
}
