import type { Window } from '../observation/window.js';

/** Everything a soak has seen. */
export interface Evidence {
  readonly windows: readonly Window[];
  /** Of the requests before the first window, and of those that read everything back at the end. */
  readonly outsideWindows: { readonly failures: number; readonly retries: number };
  /** Where the server differs from what it had acknowledged. */
  readonly differences: number;
  /** What became of the directory when the view was thrown away and built from the log. */
  readonly rebuilt: {
    /** Users and groups that it shows differently. */
    readonly differing: number;
    readonly resources: number;
    /** Events that came into the log by it. */
    readonly addedEvents: number;
  };
  /** Lines of level `warn` or above that the server logged. */
  readonly warnings: number;
}
