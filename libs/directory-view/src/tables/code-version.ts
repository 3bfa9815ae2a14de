import { createHash } from 'node:crypto';
import { type JsonValue, canonicalJson } from '#kernel';
import type { SchemaRegistry } from '#scim-protocol';
import { viewVersion } from './view-tables.js';

/** Heads and search documents are shaped by the schemas as much as by the code. */
export function codeVersionOf({ resourceTypes }: SchemaRegistry): string {
  const shape = canonicalJson(JSON.parse(JSON.stringify(resourceTypes)) as JsonValue);
  return `${viewVersion}-${createHash('sha256').update(shape).digest('hex').slice(0, 16)}`;
}
