import { randomBytes } from 'node:crypto';
import { claimedWith } from '#command-handling';
import { eventCodec } from '#event-catalog';
import { beforeFirstPosition, type EventStore } from '#event-store';
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
  /** To be called once the token can be shown: one that is kept, and was never shown, would be good for nobody. */
  readonly keepToken: () => void;
}

export interface PrepareOptions {
  readonly file: string;
  /** SCIM_BEARER_TOKEN: the default tenant's token for this run, instead of what is kept. */
  readonly givenToken: string | undefined;
  /** Whether to replace the kept token by another one. */
  readonly renewToken: boolean;
  /** Where it has events, its installation file must exist, and be its own. */
  readonly log: Pick<EventStore, 'head' | 'readAll'>;
}

/**
 * Loads what the installation keeps, or makes it at the first start.
 *
 * @throws InstallationFileError | EventStoreUnavailable
 */
export async function prepareInstallation(options: PrepareOptions): Promise<PreparedInstallation> {
  const { file, givenToken, renewToken, log } = options;
  const kept = readInstallation(file);
  await refuseOther(kept, file, log);
  const installation: Installation = kept ?? { nameSecret: randomBytes(32).toString('hex'), credentials: [] };
  const generatedToken =
    givenToken === undefined && (renewToken || installation.credentials.length === 0) ? generateToken() : undefined;
  const token = givenToken ?? generatedToken;
  const credentials =
    token === undefined ? installation.credentials : [storedCredential(defaultCredential, defaultTenant, token)];
  if (!kept) writeInstallation(file, installation);
  const keepToken = () => {
    if (generatedToken !== undefined) writeInstallation(file, { ...installation, credentials });
  };
  return { nameSecret: Buffer.from(installation.nameSecret, 'hex'), credentials, generatedToken, keepToken };
}

/** Without the secret that the names in the log were claimed with, every one of them would look free. */
async function refuseOther(kept: Installation | undefined, file: string, log: PrepareOptions['log']): Promise<void> {
  if (!kept && (await log.head()) > beforeFirstPosition) {
    throw new InstallationFileError(
      `${file} is missing, but the log beside it has events: without the file every name in the log would look free. ` +
        'Restore it from the backup the log is from.',
    );
  }
  if (kept && (await claimedWith(Buffer.from(kept.nameSecret, 'hex'), log, eventCodec)) === false) {
    throw new InstallationFileError(
      `${file} is of another installation, or was changed: with it every name in the log beside it would look free. ` +
        'Restore it from the backup the log is from.',
    );
  }
}
