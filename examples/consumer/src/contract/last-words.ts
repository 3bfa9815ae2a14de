/**
 * What was said last of each of many things. Every message says something as of one event's revision; whichever order they come
 * in and however often, the word of the greatest revision is what stays.
 */
export class LastWords<Value> {
  readonly #words = new Map<string, { readonly value: Value; readonly revision: number }>();

  get(thing: string): Value | undefined {
    return this.#words.get(thing)?.value;
  }

  /**
   * @param knownTo a thing of which no word is remembered is known to have none up to this revision.
   * @returns whether nothing newer was known.
   */
  take(thing: string, revision: number, value: Value, knownTo = -1): boolean {
    const last = this.#words.get(thing)?.revision;
    if (last === undefined ? revision <= knownTo : revision < last) return false;
    this.#words.set(thing, { value, revision });
    return true;
  }

  /**
   * Unless there is a newer word. For what is over by the newest event of its key: what is older falls to `knownTo` then. By an
   * event that comes again nothing may be forgotten: newer ones, which it is measured by then, may have been seen without
   * those between.
   */
  forget(thing: string, revision: number): void {
    if ((this.#words.get(thing)?.revision ?? -1) <= revision) this.#words.delete(thing);
  }
}
