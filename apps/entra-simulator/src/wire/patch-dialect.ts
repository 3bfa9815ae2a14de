import { type JsonObject, type JsonValue } from '#kernel';
import { type AttributeValue } from './attribute-map.js';
import { patchOpSchema } from './schema-uris.js';

export interface AttributeChange {
  readonly path: string;
  readonly value: AttributeValue;
  /** Whether the target holds a value there already: decides between replace and add. */
  readonly present: boolean;
}

export interface PatchOperation extends JsonObject {
  op: string;
}

/** A user as the value of a reference attribute. */
export interface Reference {
  readonly value: string;
  readonly $ref: string;
}

/**
 * How Entra words a PATCH. It has two dialects, chosen by the flag `aadOptscim062020` in the tenant URL; a server is never
 * told which one it gets. Where several forms of one intention are known, `variant` picks among them (any whole number).
 */
export interface PatchDialect {
  readonly name: 'default' | 'compliant';
  changeAttributes(changes: readonly AttributeChange[]): PatchOperation[];
  setManager(manager: Reference, variant: number): PatchOperation[];
  clearManager(managerId: string, variant: number): PatchOperation[];
  addMembers(userIds: readonly string[]): PatchOperation[];
  removeMembers(userIds: readonly string[]): PatchOperation[];
}

export function patchBody(operations: readonly PatchOperation[]): JsonObject {
  return { schemas: [patchOpSchema], Operations: [...operations] };
}

export function operation(op: string, target: { readonly path?: string; readonly value?: JsonValue }): PatchOperation {
  return { op, ...target };
}
