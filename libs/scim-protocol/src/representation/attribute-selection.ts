import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { alwaysReturned, selectedPaths } from './selected-paths.js';
import { membershipAttributes } from '../schema/membership-attributes.js';

/** Attributes by name: true stands for the whole attribute, a tree for parts of it. */
type AttributeTree = Map<string, true | AttributeTree>;

/** The parameters `attributes` and `excludedAttributes` (RFC 7644 section 3.9): lists of names separated by commas. */
export interface AttributeParameters {
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}

/**
 * Which attributes a client wants in an answer (RFC 7644 section 3.9). `id` and `schemas` are always in it. Where a client
 * sends both parameters, which the RFC rules out, it gets what it asked for without what it excluded.
 */
export class AttributeSelection {
  readonly #only: AttributeTree | undefined;
  readonly #except: AttributeTree;
  readonly #spliced: string;

  constructor(type: ResourceTypeName, only: AttributeTree | undefined, except: AttributeTree) {
    this.#only = only;
    this.#except = except;
    this.#spliced = membershipAttributes[type];
  }

  /** Whether the answer holds any part of this top-level core attribute, given as its schema spells it. */
  wants(attribute: string): boolean {
    return (this.#only === undefined || this.#only.has(attribute)) && this.#except.get(attribute) !== true;
  }

  /** Whether the answer holds all of this attribute, so that what is known of it as text need not be taken apart. */
  wantsWhole(attribute: string): boolean {
    return (this.#only === undefined || this.#only.get(attribute) === true) && !this.#except.has(attribute);
  }

  /** Whether a stored head can be answered as it is, because nothing is left out but what is spliced in behind it. */
  get keepsHead(): boolean {
    const excluded = [...this.#except];
    return this.#only === undefined && excluded.every(([name, node]) => name === this.#spliced && node === true);
  }

  /** The part of a rendered resource that was asked for. */
  apply(resource: JsonObject): JsonObject {
    const wanted = this.#only === undefined ? resource : select(resource, this.#only, 'only');
    return this.#except.size === 0 ? wanted : select(wanted, this.#except, 'except');
  }

  /**
   * The same for values of one attribute, JSON texts separated by commas and so is what is left of them: a list of many
   * can be taken apart in pieces.
   */
  applyToValues(attribute: string, values: string): string {
    const { [attribute]: left = [] } = this.apply({ [attribute]: JSON.parse(`[${values}]`) as JsonValue });
    return JSON.stringify(left).slice(1, -1);
  }
}

/**
 * @returns the selection, or undefined where everything is to be answered. Unknown names select nothing, and a filter
 * behind a name is overlooked: `emails[type eq "work"]` is `emails`.
 */
export function parseAttributeSelection(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  { attributes, excludedAttributes }: AttributeParameters,
): AttributeSelection | undefined {
  const only = selectedPaths(registry, type, attributes);
  const except = selectedPaths(registry, type, excludedAttributes);
  if (only === undefined && except === undefined) return undefined;
  const always = alwaysReturned(registry, type);
  const excluded = treeOf(except ?? []);
  for (const path of always) remove(excluded, path);
  return new AttributeSelection(type, only && treeOf([...only, ...always]), excluded);
}

function treeOf(paths: readonly (readonly string[])[]): AttributeTree {
  const tree: AttributeTree = new Map();
  for (const path of paths) add(tree, path);
  return tree;
}

function add(tree: AttributeTree, [name = '', ...rest]: readonly string[]): void {
  const node = tree.get(name);
  if (rest.length === 0) tree.set(name, true);
  else if (node === undefined) tree.set(name, treeOf([rest]));
  else if (node !== true) add(node, rest);
}

function remove(tree: AttributeTree, [name = '', ...rest]: readonly string[]): void {
  const node = tree.get(name);
  if (rest.length === 0) tree.delete(name);
  else if (node instanceof Map) remove(node, rest);
}

function select(object: JsonObject, tree: AttributeTree, mode: 'only' | 'except'): JsonObject {
  const selected: JsonObject = {};
  for (const [name, value] of Object.entries(object)) {
    const node = tree.get(name);
    if (node instanceof Map) {
      const part = selectWithin(value, node, mode);
      if (part !== undefined) selected[name] = part;
    } else if ((node === true) === (mode === 'only')) {
      selected[name] = value;
    }
  }
  return selected;
}

/** The parts of a complex value or of each value of a list; undefined where nothing is left. */
function selectWithin(value: JsonValue, tree: AttributeTree, mode: 'only' | 'except'): JsonValue | undefined {
  if (Array.isArray(value)) {
    const parts = value.map((item) => selectWithin(item, tree, mode)).filter((item) => item !== undefined);
    return parts.length === 0 ? undefined : parts;
  }
  if (!isJsonObject(value)) return value;
  const part = select(value, tree, mode);
  return Object.keys(part).length === 0 ? undefined : part;
}
