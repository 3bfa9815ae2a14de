import type { JsonObject, Result } from '#kernel';
import type { ScimError } from '../errors/scim-error.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';

/** A bulk request as read (RFC 7644 section 3.7). */
export interface BulkRequest {
  /** Number of errors after which nothing more is executed; undefined: everything is. */
  readonly failOnErrors: number | undefined;
  /** In the order of the request. */
  readonly entries: readonly BulkEntry[];
}

/** A place in `Operations`. What is wrong with an operation is the answer to it, not to the request. */
export interface BulkEntry {
  /** Undefined where it is none. */
  readonly method: BulkMethod | undefined;
  /** As sent, whatever the method; repeated in the answer. */
  readonly bulkId: string | undefined;
  readonly operation: Result<BulkOperation, ScimError>;
  /** The existing resource that an operation with a mistake is about, where its path could be read. */
  readonly target?: { readonly type: ResourceTypeName; readonly id: string };
}

export type BulkMethod = BulkOperation['method'];
export type BulkOperation = BulkCreation | BulkChange | BulkDeletion;

export interface BulkCreation {
  readonly method: 'POST';
  readonly type: ResourceTypeName;
  /** Unique among the creations of the request. */
  readonly bulkId: string;
  readonly data: JsonObject;
  /** The bulkIds that the data refers to. */
  readonly references: ReadonlySet<string>;
}

export interface BulkChange {
  readonly method: 'PUT' | 'PATCH';
  readonly type: ResourceTypeName;
  /** The resource's id, or a reference `bulkId:...` to the creation that gives it one. */
  readonly id: string;
  /** Takes the place of If-Match. */
  readonly version: string | undefined;
  readonly data: JsonObject;
  /** The bulkIds that the data and the id refer to. */
  readonly references: ReadonlySet<string>;
}

export interface BulkDeletion {
  readonly method: 'DELETE';
  readonly type: ResourceTypeName;
  readonly id: string;
  readonly version: string | undefined;
  readonly references: ReadonlySet<string>;
}
