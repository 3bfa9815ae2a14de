import type { ResolvedAttribute } from './attribute-path.js';
import { bySpellings, inAnyCase } from './spellings.js';

interface Entry {
  readonly whole: ResolvedAttribute;
  readonly parts: ReadonlyMap<string, ResolvedAttribute>;
}

/**
 * Finds attributes and sub-attributes by name, ignoring case. Of two attributes with one name the first counts. They are
 * kept under their own spelling too, which is how nearly all clients write them: folding a name costs more than finding it.
 */
export class AttributeIndex {
  readonly #entries = new Map<string, Entry>();

  constructor(attributes: readonly ResolvedAttribute[]) {
    for (const whole of attributes) {
      const { name, subAttributes = [] } = whole.attribute;
      if (this.#entries.has(name.toLowerCase())) continue;
      const parts = subAttributes.map((subAttribute): ResolvedAttribute => ({ ...whole, subAttribute }));
      const entry = { whole, parts: bySpellings(parts, (part) => part.subAttribute?.name ?? '') };
      this.#entries.set(name, entry).set(name.toLowerCase(), entry);
    }
  }

  find(attribute: string, subAttribute?: string): ResolvedAttribute | undefined {
    const entry = inAnyCase(this.#entries, attribute);
    if (subAttribute === undefined || entry === undefined) return entry?.whole;
    return inAnyCase(entry.parts, subAttribute);
  }
}
