/**
 * A map of limited size: what was set or asked for last stays, at least the last half of the capacity and at most all of it.
 *
 * Two maps take turns, and the older one is dropped as a whole. One map that gives up its first entry for every one that
 * comes is 30 times slower: it has to step over the places of all that have gone.
 */
export class MostRecent<Key, Value> {
  /** Keys in each of the two maps. */
  readonly #half: number;
  #newer = new Map<Key, Value>();
  #older = new Map<Key, Value>();

  /** @param capacity most keys it holds; an odd number counts as the next even one. */
  constructor(capacity: number) {
    this.#half = Math.ceil(capacity / 2);
  }

  get(key: Key): Value | undefined {
    const recent = this.#newer.get(key);
    if (recent !== undefined) return recent;
    const known = this.#older.get(key);
    if (known !== undefined) this.set(key, known);
    return known;
  }

  set(key: Key, value: Value): void {
    if (this.#newer.size >= this.#half && !this.#newer.has(key)) {
      this.#older = this.#newer;
      this.#newer = new Map();
    }
    this.#newer.set(key, value);
  }

  delete(key: Key): void {
    this.#newer.delete(key);
    this.#older.delete(key);
  }
}
