import type { WithheldAttribute } from '#event-relay';
import { type ResolvedAttribute, type SchemaRegistry } from '#scim-protocol';

/** What the relay withholds: an attribute that a schema never returns, in whole or in a part (RFC 7643 section 7). */
export function neverReturned(registry: SchemaRegistry): readonly WithheldAttribute[] {
  const attributes = registry.resourceTypes.flatMap(({ name: type }) => registry.attributesOf(type));
  return attributes
    .filter(isNeverReturned)
    .map(({ extension, attribute: { name: attribute } }) => ({ extension, attribute }));
}

function isNeverReturned({ attribute }: ResolvedAttribute): boolean {
  return [attribute, ...(attribute.subAttributes ?? [])].some(({ returned }) => returned === 'never');
}
