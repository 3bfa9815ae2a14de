import type { ResourceDocument } from '../schema/resource-document.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';
import { shownDocument } from './shown-document.js';

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
  const schemas = JSON.stringify(schemasOf(registry, type, document));
  const attributes = JSON.stringify(shownDocument(registry, type, document)).slice(1, -1);
  const createdAt = new Date(created).toISOString();
  const modifiedAt = created === lastModified ? createdAt : new Date(lastModified).toISOString();
  return (
    `{"schemas":${schemas},"id":${JSON.stringify(id)}${attributes === '' ? '' : `,${attributes}`},` +
    `"meta":{"resourceType":"${type}","created":"${createdAt}","lastModified":"${modifiedAt}",` +
    `"version":${JSON.stringify(entityTag(revision))}`
  );
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

/** Adds the members of a group, JSON text of a list, to a text of it that has none. */
export function spliceMembers(group: string, members: string | undefined): string {
  return `${group.slice(0, -1)}${listText('members', members)}}`;
}

/** An empty list is no value (RFC 7643 section 2.5), so it is not shown, whoever found out that it is empty. */
function listText(name: string, list: string | undefined): string {
  return list === undefined || list === '[]' ? '' : `,"${name}":${list}`;
}
