import type { JsonObject, TenantId } from '#kernel';
import type { ResourceDocument, ResourceTypeName } from '#scim-protocol';

/** Names one resource of one tenant. */
export interface ResourceKey {
  readonly tenant: TenantId;
  readonly type: ResourceTypeName;
  readonly id: string;
}

/** A resource as events change it. */
export interface Resource extends ResourceKey {
  /** Position of the event that provisioned it. */
  readonly seq: bigint;
  /** Revision of the last event of its stream that has been applied. */
  readonly revision: number;
  readonly document: ResourceDocument;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  /** Milliseconds since the Unix epoch. */
  readonly lastModified: number;
}

/** The document back out of a stored head (`renderResourceHead`), which keeps the document once instead of twice. */
export function documentOfHead(head: string): ResourceDocument {
  const { schemas: _schemas, id: _id, meta: _meta, ...document } = JSON.parse(`${head}}}`) as JsonObject;
  return document;
}
