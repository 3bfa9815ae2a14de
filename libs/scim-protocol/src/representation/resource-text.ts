import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import type { ResourceDocument } from '../schema/resource-document.js';
import type { AttributeDefinition, ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';

export interface StoredResource {
  readonly type: ResourceTypeName;
  readonly id: string;
  readonly document: ResourceDocument;
  /** Milliseconds since the Unix epoch. */
  readonly created: number;
  /** Milliseconds since the Unix epoch. */
  readonly lastModified: number;
  /** Revision of the resource's stream. */
  readonly revision: number;
}

/**
 * The attribute of each type that says who belongs to what: kept apart from the document and spliced into the text when a
 * resource is answered, since memberships change without the rest and may be many.
 */
export const membershipAttributes: Readonly<Record<ResourceTypeName, string>> = { User: 'groups', Group: 'members' };

/** `meta.version` and the ETag of a resource (RFC 7644 section 3.14). */
export function entityTag(revision: number): string {
  return `W/"${revision}"`;
}

/** The URNs of the schemas a document makes use of (RFC 7643 section 3). */
export function schemasOf(registry: SchemaRegistry, type: ResourceTypeName, document: ResourceDocument): string[] {
  const { schema, extensions } = registry.resourceType(type);
  const used = extensions.filter((extension) => Object.hasOwn(document, extension.schema.id));
  return [schema.id, ...used.map((extension) => extension.schema.id)];
}

/**
 * JSON text of a resource up to and including `meta.version`, neither `meta` nor the resource closed, so that it can be
 * stored and answered without parsing: `completeResource` adds what depends on the request. Attributes stand in the
 * order of their schema: equal documents have equal text.
 */
export function renderResourceHead(registry: SchemaRegistry, resource: StoredResource): string {
  const { type, id, document, created, lastModified, revision } = resource;
  const rendered: JsonObject = { schemas: schemasOf(registry, type, document), id };
  for (const { attribute, extension } of registry.attributesOf(type)) {
    const isSpliced = extension === undefined && attribute.name === membershipAttributes[type];
    const holder = extension === undefined ? document : document[extension];
    if (isSpliced || attribute.returned === 'never' || !isJsonObject(holder)) continue;
    const value = holder[attribute.name];
    if (value === undefined) continue;
    const target = extension === undefined ? rendered : ((rendered[extension] ??= {}) as JsonObject);
    target[attribute.name] = inSchemaOrder(attribute, value);
  }
  rendered.meta = {
    resourceType: type,
    created: new Date(created).toISOString(),
    lastModified: new Date(lastModified).toISOString(),
    version: entityTag(revision),
  };
  return JSON.stringify(rendered).slice(0, -'}}'.length);
}

/** What is added to a stored head; `groups` and `members` are JSON text of lists, left out where undefined or empty. */
export interface ResourceTail {
  readonly location: string;
  readonly groups?: string | undefined;
  readonly members?: string | undefined;
}

/** The whole JSON text of a resource. */
export function completeResource(head: string, { location, groups, members }: ResourceTail): string {
  return `${head},"location":${JSON.stringify(location)}}${listText('groups', groups)}${listText('members', members)}}`;
}

/** An empty list is no value (RFC 7643 section 2.5), so it is not shown, whoever found out that it is empty. */
function listText(name: string, list: string | undefined): string {
  return list === undefined || list === '[]' ? '' : `,"${name}":${list}`;
}

function inSchemaOrder(attribute: AttributeDefinition, value: JsonValue): JsonValue {
  const { subAttributes } = attribute;
  if (subAttributes === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => inSchemaOrder(attribute, item));
  if (!isJsonObject(value)) return value;
  const ordered: JsonObject = {};
  for (const { name, returned } of subAttributes) {
    const part = value[name];
    if (part !== undefined && returned !== 'never') ordered[name] = part;
  }
  return ordered;
}
