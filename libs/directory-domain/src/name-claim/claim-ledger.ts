import type { NameClaim } from './name-claim-events.js';

/**
 * What an owner's stream says about the claims its owner ever made. A claim id is used once: `spent` ids were abandoned
 * or given up for another name and can never hold again.
 */
export interface ClaimLedger {
  readonly held: NameClaim | undefined;
  readonly spent: readonly string[];
}

export const noClaims: ClaimLedger = { held: undefined, spent: [] };

export function takeUp(ledger: ClaimLedger, claim: NameClaim): ClaimLedger {
  return { held: claim, spent: ledger.held ? [...ledger.spent, ledger.held.claimId] : ledger.spent };
}

export function giveUp(ledger: ClaimLedger): ClaimLedger {
  return ledger.held ? { held: undefined, spent: [...ledger.spent, ledger.held.claimId] } : ledger;
}

export function abandon(ledger: ClaimLedger, claimId: string): ClaimLedger {
  return { ...ledger, spent: [...ledger.spent, claimId] };
}

/** Whether a claim holds. `undecided`: its owner may yet append the event that takes it up. */
export type ClaimVerdict = 'held' | 'void' | 'undecided';

/** @param final whether the owner's stream has ended, so that nothing can be taken up any more. */
export function claimVerdict(ledger: ClaimLedger, claimId: string, final = false): ClaimVerdict {
  if (ledger.held?.claimId === claimId) return 'held';
  return final || ledger.spent.includes(claimId) ? 'void' : 'undecided';
}
