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
  readonly #seen = new Map<string, { readonly greatest: number; readonly latest: number }>();
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
    return this.#seen.get(key)?.greatest ?? -1;
  }

  /**
   * Within repetitions, too, revisions follow one another. What is missing there was given up; states that a relay published
   * again may have put what was before in the place of what came of it.
   */
  take(key: string, revision: number): Verdict {
    const before = this.#seen.get(key);
    const greatest = Math.max(revision, before?.greatest ?? -1);
    this.#seen.set(key, { greatest, latest: revision });
    if (revision > (before?.latest ?? this.#named.get(key) ?? -1) + 1) return 'jump';
    return before && revision <= before.greatest ? 'repeated' : 'next';
  }
}
