import { join } from 'node:path';

/** What the embedded engines keep in the data folder; docs/operations.md says what each is for. */
export interface DataFiles {
  readonly log: string;
  readonly installation: string;
  /** A folder. */
  readonly view: string;
  readonly membershipEnd: string;
  readonly relay: string;
  /** A folder: which projections have stopped. */
  readonly halts: string;
}

export function dataFiles(directory: string): DataFiles {
  return {
    log: join(directory, 'log.sqlite'),
    installation: join(directory, 'installation.json'),
    view: join(directory, 'view'),
    membershipEnd: join(directory, 'membership-end.sqlite'),
    relay: join(directory, 'relay.sqlite'),
    halts: join(directory, 'halts'),
  };
}
