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
   * For what is over, once the events of its key are taken up to this revision: what is older then falls to `knownTo`.
   *
   * @returns whether nothing newer is known.
   */
  forget(thing: string, revision: number): boolean {
    if ((this.#words.get(thing)?.revision ?? -1) > revision) return false;
    this.#words.delete(thing);
    return true;
  }
}
