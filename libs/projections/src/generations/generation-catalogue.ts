import type { Position } from '#event-store';
import type { ProjectionTarget } from '../projection-target.js';

/**
 * `building` is being filled beside the live one, `live` is what readers see, `retired` was live and is kept for going
 * back, `dropped` has no rows any more.
 */
export type GenerationState = 'building' | 'live' | 'retired' | 'dropped';

/** One build of a view from the log. */
export interface Generation {
  /** From 1; never given twice. */
  readonly number: number;
  readonly state: GenerationState;
  /** The code that shapes the rows. A generation of another version can be read by nobody and is built again. */
  readonly codeVersion: string;
  /** The log its rows come from; see `SourceLog`. */
  readonly logIdentity: string;
}

export type FlipResult =
  | { readonly outcome: 'live' }
  /** The live generation is further: let this one pass `checkpoint` and try again. */
  | { readonly outcome: 'behind'; readonly checkpoint: Position }
  /** It is not in building. */
  | { readonly outcome: 'not-building'; readonly state: GenerationState };

/** The generations of one view and the pointer to the live one. */
export interface GenerationCatalogue {
  list(): Promise<readonly Generation[]>;

  live(): Promise<Generation | undefined>;

  /** Registers a generation in `building` and creates its empty rows, with the checkpoint before the first event. */
  begin(): Promise<Generation>;

  /** Rows and checkpoint of a generation that is not dropped. */
  target(number: number): Promise<ProjectionTarget>;

  /**
   * Makes a generation in building the live one and retires the one that was, in one step during which the live
   * checkpoint cannot move: what readers see never goes back.
   */
  makeLive(number: number): Promise<FlipResult>;

  /** Removes the rows of a generation that is not live. */
  drop(number: number): Promise<void>;
}
