import type { Position } from '#event-store';
import type { Generation } from '#projections';

/** A generation that was not dropped, as whoever builds it has left it until now. */
export interface StoredGeneration extends Generation {
  /** Undefined where its rows cannot be read: somebody has removed them, or they are damaged. */
  readonly checkpoint: Position | undefined;
}
