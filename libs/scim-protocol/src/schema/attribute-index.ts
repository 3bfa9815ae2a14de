import type { ResolvedAttribute } from './attribute-path.js';

interface Entry {
  readonly whole: ResolvedAttribute;
  readonly parts: ReadonlyMap<string, ResolvedAttribute>;
}

/** Finds attributes and sub-attributes by name, ignoring case. Of two attributes with one name the first counts. */
export class AttributeIndex {
  readonly #entries = new Map<string, Entry>();

  constructor(attributes: readonly ResolvedAttribute[]) {
    for (const whole of attributes) {
      const name = whole.attribute.name.toLowerCase();
      if (this.#entries.has(name)) continue;
      const parts = (whole.attribute.subAttributes ?? []).map((subAttribute): [string, ResolvedAttribute] => [
        subAttribute.name.toLowerCase(),
        { ...whole, subAttribute },
      ]);
      this.#entries.set(name, { whole, parts: new Map(parts) });
    }
  }

  find(attribute: string, subAttribute?: string): ResolvedAttribute | undefined {
    const entry = this.#entries.get(attribute.toLowerCase());
    return subAttribute === undefined ? entry?.whole : entry?.parts.get(subAttribute.toLowerCase());
  }
}
