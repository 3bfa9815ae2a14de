import { type JsonValue, type Result, err, isJsonObject, ok } from '#kernel';
import { type ScimError, scimError } from '../errors/scim-error.js';
import { conditionsIn } from '../filter/conditions-in.js';
import { hasOnlyMarks, readAttributeValue } from '../representation/attribute-value.js';
import { checkImmutableValue } from '../representation/check-immutable.js';
import { missingOfExtensions } from '../representation/missing-attribute.js';
import { tooLarge } from '../representation/resource-size.js';
import { type ResolvedAttribute, leadsToReadOnly, printTarget } from '../schema/attribute-path.js';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { AttributeDefinition, ResourceTypeName, SchemaDefinition } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { atOperation } from './at-operation.js';
import { type AttributeChange, changeAttribute } from './change-attribute.js';
import { DocumentDraft } from './document-draft.js';
import type { PatchOperation } from './patch-request.js';
import { type PathOrigin, resolvePatchTarget } from './patch-target.js';
import { pathlessChanges } from './pathless-changes.js';

type Applied = Result<undefined, ScimError>;

const applied: Applied = ok(undefined);

/**
 * How often one request may look at a value of a multi-valued attribute, or hold it against a condition. Every operation
 * on a list reads the whole list, so without a bound many operations on a long list would hold up everybody else.
 */
const mostValuesRead = 200_000;

/** Applies operations to a draft of one document, one after the other; after an error it is of no more use. */
export class DocumentPatcher {
  readonly #registry: SchemaRegistry;
  readonly #type: ResourceTypeName;
  readonly #original: ResourceDocument;
  readonly #draft: DocumentDraft;
  readonly #changed = new Map<AttributeDefinition, ResolvedAttribute>();
  /** Lists of which parts of values were written that a filter selects. */
  readonly #selected = new Set<ResolvedAttribute>();
  /** URNs of the extensions that were written to. */
  readonly #extensions = new Set<string>();
  #valuesRead = 0;

  constructor(registry: SchemaRegistry, type: ResourceTypeName, document: ResourceDocument) {
    this.#registry = registry;
    this.#type = type;
    this.#original = document;
    this.#draft = new DocumentDraft(document);
  }

  apply(operation: PatchOperation): Applied {
    const outcome = this.#applyOperation(operation);
    return outcome.ok ? outcome : err(atOperation(operation.index, outcome.error));
  }

  /**
   * Asks for required parts only at the end: several operations together may write one value. What was not written is not
   * asked for: a schema that has come to require more must not hold up an operation that disables the user.
   */
  complete(): Result<ResourceDocument, ScimError> {
    this.#dropUnfilledValues();
    for (const [attribute, target] of this.#changed) {
      const read = readAttributeValue(attribute, this.#draft.get(target), printTarget(target));
      if (!read.ok) return read;
    }
    const { extensions } = this.#registry.resourceType(this.#type);
    const written = extensions.filter(({ schema }) => this.#extensions.has(schema.id));
    const missing = missingOfExtensions(written, this.#draft.document);
    if (missing !== undefined) return err(scimError('requiredMissing', { path: missing }));
    const large = tooLarge(this.#type, this.#draft.document, this.#original);
    return large === undefined ? ok(this.#draft.document) : err(large);
  }

  /**
   * `emails[type eq "work"].primary` creates the work address that its `value` may follow to in the same request. Where
   * nothing followed there is no address, as after its value was removed.
   */
  #dropUnfilledValues(): void {
    for (const target of this.#selected) {
      const values = this.#draft.get(target);
      if (!Array.isArray(values)) continue;
      const filled = values.filter((value) => !isJsonObject(value) || !hasOnlyMarks(value));
      if (filled.length < values.length) this.#draft.set(target, filled.length === 0 ? undefined : filled);
    }
  }

  #applyOperation({ index, op, path, value }: PatchOperation): Applied {
    if (path === undefined) return this.#applyPathless(index, op, value);
    const origin = { index, path };
    const found = resolvePatchTarget(this.#registry, this.#type, origin);
    if (!found.ok) return found;
    if (!found.value) return applied;
    if (found.value.kind === 'schema') return this.#applyToSchema(found.value.schema, origin, op, value);
    const { target, selection } = found.value;
    if (leadsToReadOnly(target)) return err(scimError('readOnly', { path: printTarget(target) }));
    return this.#change({ op, target, selection, value, origin });
  }

  /** An extension's URN as path means all its attributes (RFC 7644 section 3.5.2 `path`). */
  #applyToSchema(schema: SchemaDefinition, origin: PathOrigin, op: PatchOperation['op'], value?: JsonValue): Applied {
    if (op !== 'remove') return this.#applyPathless(origin.index, op, { [schema.id]: value ?? null });
    for (const { name } of schema.attributes) {
      const target = this.#registry.resolve(this.#type, { schema: schema.id, attribute: name });
      if (!target || target.attribute.mutability === 'readOnly' || this.#draft.get(target) === undefined) continue;
      const removed = this.#change({ op, target, selection: undefined, value: undefined, origin });
      if (!removed.ok) return removed;
    }
    return applied;
  }

  #applyPathless(index: number, op: PatchOperation['op'], value: JsonValue | undefined): Applied {
    if (!isJsonObject(value)) {
      const reason = 'without a path the value must be an object.';
      return err(scimError('operationValue', { index, reason }));
    }
    for (const change of pathlessChanges(this.#registry, this.#type, index, op, value)) {
      if (!change.ok) return change;
      const changed = this.#change(change.value);
      if (!changed.ok) return changed;
    }
    return applied;
  }

  #change(change: AttributeChange): Applied {
    const { op, value } = change;
    const { attribute, extension } = change.target;
    const current = this.#draft.get(change.target);
    const looks = change.selection ? conditionsIn(change.selection.filter) : 1;
    this.#valuesRead += looks * (1 + lengthOf(current)) + lengthOf(value);
    if (this.#valuesRead > mostValuesRead) {
      const reason = 'The request changes lists of values too often. Send it in several requests';
      return err(scimError('payloadTooLarge', { reason }));
    }
    const next = changeAttribute(change, current);
    if (!next.ok) return next;
    if (next.value === undefined && attribute.required) {
      const path = printTarget(change.target);
      return err(op === 'remove' ? scimError('requiredRemoved', { path }) : scimError('requiredMissing', { path }));
    }
    const kept = checkImmutableValue(change.target, current, next.value);
    if (!kept.ok) return kept;
    this.#draft.set(change.target, next.value);
    if (change.selection && attribute.multiValued) this.#selected.add(change.target);
    if (extension !== undefined) this.#extensions.add(extension);
    if (attribute.type === 'complex' && !this.#changed.has(attribute)) {
      this.#changed.set(attribute, { ...change.target, subAttribute: undefined });
    }
    return applied;
  }
}

function lengthOf(value: JsonValue | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}
