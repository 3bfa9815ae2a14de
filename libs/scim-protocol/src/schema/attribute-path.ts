import type { AttributeDefinition, SchemaDefinition } from './schema-definition.js';

/** An attribute as a client wrote it (RFC 7644 section 3.10): nothing looked up, case as sent. */
export interface AttributePath {
  readonly schema?: string;
  readonly attribute: string;
  readonly subAttribute?: string;
}

/** What an attribute path means for a resource type. */
export interface ResolvedAttribute {
  /** Undefined for the common attributes `id`, `meta` and `schemas` (RFC 7643 section 3.1). */
  readonly schema: SchemaDefinition | undefined;
  /** URN of the extension whose object holds the attribute in a document; undefined for core attributes. */
  readonly extension: string | undefined;
  readonly attribute: AttributeDefinition;
  readonly subAttribute: AttributeDefinition | undefined;
}

/** The name of an attribute as a path, with the URN of its extension. */
export function printTarget({ extension, attribute, subAttribute }: ResolvedAttribute): string {
  const name = extension === undefined ? attribute.name : `${extension}:${attribute.name}`;
  return subAttribute === undefined ? name : `${name}.${subAttribute.name}`;
}

/** Whether a path leads to what clients cannot write. */
export function leadsToReadOnly({ attribute, subAttribute }: ResolvedAttribute): boolean {
  return attribute.mutability === 'readOnly' || subAttribute?.mutability === 'readOnly';
}
