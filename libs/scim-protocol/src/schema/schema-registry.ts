import type { AttributePath, ResolvedAttribute } from './attribute-path.js';
import { AttributeIndex } from './attribute-index.js';
import { commonAttributes } from './common-attributes.js';
import { enterpriseUserSchema } from './enterprise-user-schema.js';
import { groupSchema } from './group-schema.js';
import type { ResourceTypeDefinition, ResourceTypeName, SchemaDefinition } from './schema-definition.js';
import { userSchema } from './user-schema.js';

/** An extension schema of the operator's own, beside the built-in ones. */
export interface DeclaredExtension {
  readonly resourceType: ResourceTypeName;
  readonly schema: SchemaDefinition;
  /** Whether a resource without the extension is refused (RFC 7643 section 6 `schemaExtensions.required`). */
  readonly required: boolean;
}

/** A name behind the URN of its schema: `rest` is what follows `<URN>:`, empty where the URN stands alone. */
export interface QualifiedName {
  readonly schema: SchemaDefinition;
  readonly rest: string;
}

interface TypeIndex {
  readonly definition: ResourceTypeDefinition;
  readonly attributes: readonly ResolvedAttribute[];
  readonly unqualified: AttributeIndex;
  /** By folded URN, longest first: one URN may begin with another. */
  readonly qualified: ReadonlyMap<string, { readonly schema: SchemaDefinition; readonly index: AttributeIndex }>;
}

/**
 * The resource types and schemas of this server: what requests are read by, filters and PATCH paths are resolved by and
 * `/Schemas` answers. Names and URNs are found ignoring case (RFC 7643 section 2.1).
 */
export class SchemaRegistry {
  readonly resourceTypes: readonly ResourceTypeDefinition[];
  /** Each schema once, core ones first. */
  readonly schemas: readonly SchemaDefinition[];
  readonly #types: Readonly<Record<ResourceTypeName, TypeIndex>>;

  constructor(declaredExtensions: readonly DeclaredExtension[] = []) {
    const declaredFor = (type: ResourceTypeName) =>
      declaredExtensions.filter(({ resourceType }) => resourceType === type);
    const user: ResourceTypeDefinition = {
      name: 'User',
      endpoint: '/Users',
      description: 'User Account',
      schema: userSchema,
      extensions: [{ schema: enterpriseUserSchema, required: false }, ...declaredFor('User')],
    };
    const group: ResourceTypeDefinition = {
      name: 'Group',
      endpoint: '/Groups',
      description: 'Group',
      schema: groupSchema,
      extensions: declaredFor('Group'),
    };
    this.resourceTypes = [user, group];
    this.schemas = [
      ...new Set([
        ...this.resourceTypes.map(({ schema }) => schema),
        ...this.resourceTypes.flatMap(({ extensions }) => extensions.map(({ schema }) => schema)),
      ]),
    ];
    this.#types = { User: indexType(user), Group: indexType(group) };
  }

  resourceType(name: ResourceTypeName): ResourceTypeDefinition {
    return this.#types[name].definition;
  }

  /** The top-level attributes of a type's core schema, then of its extensions in order; not the common attributes. */
  attributesOf(type: ResourceTypeName): readonly ResolvedAttribute[] {
    return this.#types[type].attributes;
  }

  /** The schema with this URN, of whatever resource type. */
  schema(urn: string): SchemaDefinition | undefined {
    return this.schemas.find(({ id }) => id.toLowerCase() === urn.toLowerCase());
  }

  /** The core or extension schema of a resource type with this URN. */
  schemaOf(type: ResourceTypeName, urn: string): SchemaDefinition | undefined {
    // Asked of every name in a body: what has no colon is no URN and need not be folded.
    return urn.includes(':') ? this.#types[type].qualified.get(urn.toLowerCase())?.schema : undefined;
  }

  /** The extension schema of a resource type with this URN. */
  extension(type: ResourceTypeName, urn: string): SchemaDefinition | undefined {
    const schema = this.schemaOf(type, urn);
    return schema === this.#types[type].definition.schema ? undefined : schema;
  }

  /**
   * What `path` means for a resource type, or undefined where it means nothing. Without a schema it is looked for in the
   * core schema, then among the common attributes, then in the extensions in order.
   */
  resolve(type: ResourceTypeName, path: AttributePath): ResolvedAttribute | undefined {
    const { qualified, unqualified } = this.#types[type];
    const index = path.schema === undefined ? unqualified : qualified.get(path.schema.toLowerCase())?.index;
    return index?.find(path.attribute, path.subAttribute);
  }

  /**
   * Splits a name that begins with the URN of one of the type's schemas. URNs contain dots and colons, so this has to be
   * asked before a name is split at either.
   */
  splitQualifiedName(type: ResourceTypeName, text: string): QualifiedName | undefined {
    if (!text.includes(':')) return undefined;
    const folded = text.toLowerCase();
    for (const [urn, { schema }] of this.#types[type].qualified) {
      if (!folded.startsWith(urn)) continue;
      if (folded.length === urn.length) return { schema, rest: '' };
      if (folded[urn.length] === ':') return { schema, rest: text.slice(urn.length + 1) };
    }
    return undefined;
  }
}

function indexType(definition: ResourceTypeDefinition): TypeIndex {
  const core = resolveAll(definition.schema, undefined);
  const common = commonAttributes.map((attribute) => whole(attribute, undefined, undefined));
  const extensions = definition.extensions.map(({ schema }) => ({
    schema,
    attributes: resolveAll(schema, schema.id),
  }));
  const qualified = [{ schema: definition.schema, attributes: [...core, ...common] }, ...extensions].sort(
    (left, right) => right.schema.id.length - left.schema.id.length,
  );
  const attributes = [...core, ...extensions.flatMap((extension) => extension.attributes)];
  return {
    definition,
    attributes,
    unqualified: new AttributeIndex([...core, ...common, ...attributes.slice(core.length)]),
    qualified: new Map(
      qualified.map(({ schema, attributes: own }) => [
        schema.id.toLowerCase(),
        { schema, index: new AttributeIndex(own) },
      ]),
    ),
  };
}

function resolveAll(schema: SchemaDefinition, extension: string | undefined): readonly ResolvedAttribute[] {
  return schema.attributes.map((attribute) => whole(attribute, schema, extension));
}

function whole(
  attribute: ResolvedAttribute['attribute'],
  schema: SchemaDefinition | undefined,
  extension: string | undefined,
): ResolvedAttribute {
  return { schema, extension, attribute, subAttribute: undefined };
}
