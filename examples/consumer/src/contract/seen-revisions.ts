export type Verdict =
  /** The next event of its key. */
  | 'next'
  /** Seen before, or the late message of a relay that was replaced: to be dropped. */
  | 'repeated'
  /** Events of the key are missing before it. */
  | 'jump';

/** The consumer contract of the topic of events: per key, revisions are 0, 1, 2 and so on. */
export class SeenRevisions {
  readonly #last = new Map<string, number>();

  /**
   * A state of the key told that this event is past. Not every event changes a state, so later ones may be past as well; then
   * the next event looks like a jump, and beginning once more does no harm.
   */
  startAt(key: string, revision: number): void {
    this.#last.set(key, Math.max(revision, this.#last.get(key) ?? -1));
  }

  take(key: string, revision: number): Verdict {
    const last = this.#last.get(key) ?? -1;
    if (revision <= last) return 'repeated';
    this.#last.set(key, revision);
    return revision === last + 1 ? 'next' : 'jump';
  }
}
