import type { AttributeDefinition } from './schema-definition.js';
import { bySpellings, inAnyCase } from './spellings.js';

const indexes = new WeakMap<AttributeDefinition, ReadonlyMap<string, AttributeDefinition>>();

/** The sub-attribute with this name, ignoring case; undefined where there is none or `attribute` is not complex. */
export function subAttributeNamed(attribute: AttributeDefinition, name: string): AttributeDefinition | undefined {
  let index = indexes.get(attribute);
  if (index === undefined) {
    index = bySpellings(attribute.subAttributes ?? [], (sub) => sub.name);
    indexes.set(attribute, index);
  }
  return inAnyCase(index, name);
}
