import type { ProjectionObserver, ProjectionState } from '../runner/projection-state.js';

/** Of the generation that is read; and of the others. */
export interface GenerationObserver extends ProjectionObserver {
  /** A generation that is being built, or was live until just now. */
  besideChanged?(number: number, state: ProjectionState): void;
  madeLive?(number: number): void;
  /** The catalogue could not be asked, or not be changed; it is tried again. */
  unclear?(cause: unknown): void;
}
