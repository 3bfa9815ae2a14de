import type { GenerationState, Halt } from '#projections';
import type { Position } from '#event-store';
import type { Leader } from '../installation/installation.js';

/** What of the log a reader has not done yet. */
export interface Lag {
  /** How many events, counted up to a limit. */
  readonly events: number;
  /** Whether there are more than were counted. */
  readonly isMore: boolean;
  /** When the first of them was recorded, milliseconds since the Unix epoch; undefined where there is none. */
  readonly since: number | undefined;
}

/** How far a reader of the log has come. */
export interface Progress {
  /** Undefined where it cannot be read. */
  readonly checkpoint: Position | undefined;
  /** Undefined where the log could not be asked, or is not the reader's. */
  readonly lag: Lag | undefined;
  /** Why it cannot go on with this log. */
  readonly mismatch?: string;
  /** Events have waited for long, and it did not move while it was looked at. */
  readonly standsStill: boolean;
}

export interface GenerationStatus extends Progress {
  readonly number: number;
  readonly state: GenerationState;
  readonly codeVersion: string;
  /** Whether somebody carries it on; false of one that is retired. */
  readonly isKeptUp: boolean;
}

export interface RelayStatus extends Progress {
  readonly parkedKeys: number;
}

/** An engine that did not answer. */
export interface Unasked {
  readonly part: string;
  readonly reason: string;
}

/** How an installation is. A part is undefined where it could not be asked; `unasked` says why. */
export interface Status {
  readonly composition: 'embedded' | 'distributed';
  readonly head: Position | undefined;
  readonly leader: Leader | undefined;
  /** Of the view. */
  readonly generations: readonly GenerationStatus[] | undefined;
  /** Null where none has ever run. */
  readonly relay: RelayStatus | null | undefined;
  /** Those that hold. */
  readonly halts: readonly Halt[] | undefined;
  readonly unasked: readonly Unasked[];
}
