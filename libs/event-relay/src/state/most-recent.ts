/**
 * A map of limited size that keeps what was set last: at least the last half of its capacity. Two maps take turns and the
 * older is dropped as a whole, because giving up one key for each that comes is far slower.
 */
export class MostRecent<Key, Value> {
  readonly #half: number;
  #newer = new Map<Key, Value>();
  #older = new Map<Key, Value>();

  /** @param capacity most keys it holds, an even number. */
  constructor(capacity: number) {
    this.#half = capacity / 2;
  }

  get(key: Key): Value | undefined {
    return this.#newer.get(key) ?? this.#older.get(key);
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
