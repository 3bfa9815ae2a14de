import type { EventStore } from '#event-store';
import type { MemoryAccess, RelayMemory } from '#event-relay';
import type { GenerationAdministration, GenerationStatus, Halt } from '#projections';

/** The log, for reading only. */
export interface ReadableLog extends Pick<EventStore, 'head' | 'readAll' | 'readStream'> {
  readonly identity: string;
}

/** Whoever builds the view and publishes: the projector that leads, or the one server of an embedded installation. */
export interface Leader {
  readonly isRunning: boolean;
  /** Where and which process; undefined where the engine does not tell. */
  readonly holder?: string;
  /** Milliseconds since the Unix epoch. */
  readonly since?: number;
}

/**
 * What the processes of an installation keep, for operators to ask from outside, whether or not the processes run. Nothing
 * is changed by asking. Every operation throws what keeps its engine from answering.
 */
export interface Installation extends AsyncDisposable {
  readonly composition: 'embedded' | 'distributed';
  log(): Promise<ReadableLog>;
  leader(): Promise<Leader>;
  /** All there ever were of the view. */
  generations(): Promise<readonly GenerationStatus[]>;
  /** Whether somebody carries the generations of a code version on. */
  keepsUp(codeVersion: string): Promise<boolean>;
  /** What is done to them. Is closed with the installation. */
  administration(): GenerationAdministration;
  /** Which projections have stopped, as who runs them has written down. */
  halts(): Promise<readonly Halt[]>;
  /** Undefined where no relay has ever run. Is closed with the installation. */
  relay(access: MemoryAccess): Promise<RelayMemory | undefined>;
}
