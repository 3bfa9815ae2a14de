import type { Position } from '#event-store';
import type { Generation } from './generation-catalogue.js';

/** A generation as an operator sees it. */
export interface GenerationStatus extends Generation {
  /** How far it has come; undefined where it has no rows: dropped, or only asked for. */
  readonly checkpoint: Position | undefined;
}

export type RebuildRequest =
  | { readonly outcome: 'asked'; readonly number: number }
  /** One of the same code version is in building already. */
  | { readonly outcome: 'under-way'; readonly number: number }
  | { readonly outcome: 'nothing-live' };

export type ReturnRequest =
  | { readonly outcome: 'asked' }
  /** One of the same code version is in building already. */
  | { readonly outcome: 'under-way'; readonly number: number }
  | { readonly outcome: 'not-retired' }
  /** None is live that is of the same code version and from the same log. */
  | { readonly outcome: 'foreign' };

export type DropResult =
  | { readonly outcome: 'dropped' }
  /** Readers see it. */
  | { readonly outcome: 'live' }
  | { readonly outcome: 'unknown' };

/**
 * What operators do with the generations of a view, from any process and whatever release it is of: nothing of this needs
 * the code that shapes the rows.
 */
export interface GenerationAdministration {
  /** All there ever were, oldest first. */
  status(): Promise<readonly GenerationStatus[]>;

  /**
   * Leaves the wish that the newest live generation that is kept up be built anew from the log. The projector that keeps it up sees to it,
   * also after a crash, and makes the next one live when it has caught up; the one before is kept.
   */
  requestRebuild(): Promise<RebuildRequest>;

  /**
   * Leaves the wish that a retired generation be live again: it is brought up to the log from where it stands, and flipped as
   * one that is built anew is.
   */
  requestReturn(number: number): Promise<ReturnRequest>;

  /**
   * Removes a generation and its rows, or takes back a wish. One that is live only where nobody keeps it up, and another live
   * one is kept up: it is of a release that is gone. Where it fails, nobody may see the generation any more and its rows may
   * still be there: drop it again.
   */
  drop(number: number): Promise<DropResult>;

  close(): Promise<void>;
}
