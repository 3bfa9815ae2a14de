import type { Configuration } from '../configuration/read-configuration.js';
import { DistributedInstallation } from './distributed-installation.js';
import { EmbeddedInstallation } from './embedded-installation.js';
import type { Installation } from './installation.js';

/** @throws LogFileRefused where a folder holds no installation. */
export function openInstallation(configuration: Configuration): Installation {
  return 'database' in configuration
    ? new DistributedInstallation(configuration)
    : EmbeddedInstallation.open(configuration.DATA_DIR);
}
