import type { AttributeDefinition } from './schema-definition.js';

const indexes = new WeakMap<AttributeDefinition, ReadonlyMap<string, AttributeDefinition>>();

/** The sub-attribute with this name, ignoring case; undefined where there is none or `attribute` is not complex. */
export function subAttributeNamed(attribute: AttributeDefinition, name: string): AttributeDefinition | undefined {
  let index = indexes.get(attribute);
  if (index === undefined) {
    index = new Map((attribute.subAttributes ?? []).map((sub) => [sub.name.toLowerCase(), sub]));
    indexes.set(attribute, index);
  }
  return index.get(name.toLowerCase());
}
