import type { JsonObject } from '#kernel';
import { type ClaimLedger, noClaims } from './name-claim/claim-ledger.js';

/** What a user's or group's stream folds to. Instants are milliseconds since the Unix epoch. */
export type ResourceState = UnprovisionedState | ProvisionedState;

export interface UnprovisionedState {
  readonly status: 'absent' | 'deprovisioned';
  readonly claims: ClaimLedger;
}

export interface ProvisionedState {
  readonly status: 'provisioned';
  readonly claims: ClaimLedger;
  readonly attributes: JsonObject;
  readonly created: number;
  /** When something a client can see last changed. */
  readonly lastModified: number;
}

export const absentResource: UnprovisionedState = { status: 'absent', claims: noClaims };
