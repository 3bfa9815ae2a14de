export type Verdict =
  /** The next event of its key. */
  | 'next'
  /** Seen before, or the late message of a relay that was replaced. */
  | 'repeated'
  /** Events of the key are missing before it. */
  | 'jump';

/**
 * The events of each key that were seen: revisions are 0, 1, 2 and so on. Tells where one is missing. What an event says may
 * be news even where the event is a repetition, and the other way round: of that decides `LastWords`.
 */
export class SeenRevisions {
  readonly #last = new Map<string, number>();
  readonly #named = new Map<string, number>();

  /**
   * A state of the key told that there was this event. Counts as long as no event of the key was seen: those before it are
   * older than what the topic keeps. Not every event leaves a state, so later ones may be past as well; then the next event
   * looks like a jump, and beginning once more does no harm.
   */
  named(key: string, revision: number): void {
    this.#named.set(key, Math.max(revision, this.#named.get(key) ?? -1));
  }

  /** The greatest revision of the key's events that were seen; -1 where none was. */
  last(key: string): number {
    return this.#last.get(key) ?? -1;
  }

  take(key: string, revision: number): Verdict {
    const last = this.#last.get(key);
    if (last !== undefined && revision <= last) return 'repeated';
    this.#last.set(key, revision);
    return revision <= (last ?? this.#named.get(key) ?? -1) + 1 ? 'next' : 'jump';
  }
}
