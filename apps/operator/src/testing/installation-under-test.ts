import type { EventStore, Position } from '#event-store';
import type { RelayLedger } from '#event-relay';
import type { GenerationCatalogue, HaltRecord, ProjectionTarget, SourceLog } from '#projections';
import type { Installation } from '../installation/installation.js';

/** A view as whoever leads has it. */
export interface LedView {
  readonly catalogue: GenerationCatalogue;
  liveTarget(): Promise<ProjectionTarget>;
}

/** What the processes of an installation have, on real engines, without the processes. */
export interface InstallationUnderTest {
  /** To write to, as servers do. */
  readonly store: EventStore & { readonly identity: string };
  /** As whoever leads opens it. */
  view(): Promise<LedView>;
  ledger(): RelayLedger;
  halts(): HaltRecord;
  /** Nobody leads any more. */
  stopLeading(): Promise<void>;
  /** As an operator comes to it, in another process; to be disposed of. */
  open(): Installation;
  remove(): Promise<void>;
}

/** A log as a relay has it that published more of it than there is now. */
export function withoutEnd(store: InstallationUnderTest['store']): SourceLog {
  const { identity } = store;
  return {
    identity,
    head: async () => 1_000_000_000_000n as Position,
    readStream: (stream, options) => store.readStream(stream, options),
  };
}
