import { type ResolvedAttribute, type SchemaRegistry } from '#scim-protocol';

/** What the relay withholds: an attribute that a schema never returns, in whole or in a part (RFC 7643 section 7). */
export function neverReturned(registry: SchemaRegistry): (name: string) => boolean {
  const names = new Set(
    registry.resourceTypes.flatMap(({ name: type }) => registry.attributesOf(type).filter(isNeverReturned).map(nameOf)),
  );
  return (name) => names.has(name);
}

function isNeverReturned({ attribute }: ResolvedAttribute): boolean {
  return [attribute, ...(attribute.subAttributes ?? [])].some(({ returned }) => returned === 'never');
}

function nameOf({ extension, attribute }: ResolvedAttribute): string {
  return extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
}
