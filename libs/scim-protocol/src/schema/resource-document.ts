import type { JsonObject } from '#kernel';

/**
 * What a client may write of a resource, in canonical form: attribute names spelled as in their schema, extension
 * attributes in an object under their schema's URN, values of the schema's types, nothing unassigned (no null, no empty
 * array or object). Without `schemas`, `id`, `meta` and other read-only attributes. Strings are kept verbatim.
 */
export type ResourceDocument = JsonObject;
