import type { Position } from '#event-store';
import type { ProjectionTarget } from '../projection-target.js';

/**
 * `building` is asked for or being filled, `live` is what readers of its code version see, `retired` was live and is kept
 * for going back, `dropped` has no rows any more.
 */
export type GenerationState = 'building' | 'live' | 'retired' | 'dropped';

/** One build of a view from the log. */
export interface Generation {
  /** From 1; never given twice. */
  readonly number: number;
  readonly state: GenerationState;
  /** The code that shapes the rows: only such code can write them, or read them. */
  readonly codeVersion: string;
  /** The log its rows come from; see `SourceLog`. */
  readonly logIdentity: string;
}

export type FlipResult =
  | { readonly outcome: 'live' }
  /** A live generation is further: let this one pass `checkpoint` and try again. */
  | { readonly outcome: 'behind'; readonly checkpoint: Position }
  /** It is not in building. */
  | { readonly outcome: 'not-building'; readonly state: GenerationState };

/** Numbers of what the code of a catalogue has to keep up. */
export interface GenerationsToKeep {
  readonly live: number | undefined;
  readonly building: number | undefined;
}

/**
 * The generations of one view and, for each code version, the pointer to the live one, as code of one version works with
 * them. What operators do to them: `GenerationAdministration`.
 */
export interface GenerationCatalogue {
  list(): Promise<readonly Generation[]>;

  /** The live one of this code version. */
  live(): Promise<Generation | undefined>;

  /** Those of this code version; one whose rows somebody has removed is not live. */
  toKeep(): Promise<GenerationsToKeep>;

  /** Rows and checkpoint of a generation that is not dropped. One that was only asked for gets its empty rows by this. */
  target(number: number): Promise<ProjectionTarget>;

  /**
   * Makes a generation in building the live one and retires the one that was, in one step during which no live checkpoint
   * can move: what readers see never goes back.
   */
  makeLive(number: number): Promise<FlipResult>;

  /** Gives back what this process holds of a generation that it neither reads nor writes any more. */
  release(number: number): Promise<void>;
}
