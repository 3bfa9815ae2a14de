import { type Result, err, isJsonObject, ok } from '#kernel';
import { readAttributes } from './declared-attribute.js';
import { enterpriseUserSchemaUrn } from './enterprise-user-schema.js';
import { groupSchemaUrn } from './group-schema.js';
import type { ResourceTypeName, SchemaDefinition } from './schema-definition.js';
import type { DeclaredExtension } from './schema-registry.js';
import { userSchemaUrn } from './user-schema.js';

const urn = /^urn:[a-z0-9][a-z0-9-]{1,31}:[a-z0-9()+,\-.:=@;$_!*'%/]+$/i;
const builtIn = [userSchemaUrn, groupSchemaUrn, enterpriseUserSchemaUrn].map((id) => id.toLowerCase());

/**
 * Reads the operator's extension schemas: a list of `{ resourceType, schema, required? }`, where `schema` is a schema as
 * in RFC 7643 section 7, with that section's defaults for what it leaves out.
 *
 * @returns the extensions, or every mistake there is, each as a sentence that says where it is
 */
export function parseSchemaFile(content: unknown): Result<readonly DeclaredExtension[], readonly string[]> {
  if (!Array.isArray(content)) return err(['The schema file must hold a list of extensions.']);
  const mistakes: string[] = [];
  const taken = new Set<string>();
  const extensions = content.map((entry: unknown, index) => {
    return readExtension(entry, (mistake) => mistakes.push(`Extension ${index + 1}: ${mistake}.`), taken);
  });
  const declared = extensions.filter((extension) => extension !== undefined);
  return mistakes.length === 0 ? ok(declared) : err(mistakes);
}

type Report = (mistake: string) => void;

function readExtension(entry: unknown, report: Report, taken: Set<string>): DeclaredExtension | undefined {
  if (!isJsonObject(entry)) return void report('it must be an object');
  const { resourceType, required = false, schema } = entry;
  if (!isResourceType(resourceType)) report("resourceType must be 'User' or 'Group'");
  if (typeof required !== 'boolean') report('required must be true or false');
  const definition = readSchema(schema, report, taken);
  if (!isResourceType(resourceType) || definition === undefined) return undefined;
  return { resourceType, schema: definition, required: required === true };
}

function isResourceType(value: unknown): value is ResourceTypeName {
  return value === 'User' || value === 'Group';
}

function readSchema(schema: unknown, report: Report, taken: Set<string>): SchemaDefinition | undefined {
  if (!isJsonObject(schema)) return void report('schema must be an object');
  const id = readId(schema.id, report, taken);
  const { name = id ?? '', description = '' } = schema;
  const areTexts = typeof name === 'string' && typeof description === 'string';
  if (!areTexts) report('schema.name and schema.description must be texts');
  const attributes = readAttributes(schema.attributes, 'top', (mistake) => report(`${id ?? 'schema'}: ${mistake}`));
  return id !== undefined && areTexts ? { id, name, description, attributes } : undefined;
}

function readId(id: unknown, report: Report, taken: Set<string>): string | undefined {
  if (typeof id !== 'string' || !urn.test(id)) {
    return void report('schema.id must be a URN such as urn:example:scim:schemas:extension:badge:2.0:User');
  }
  if (builtIn.includes(id.toLowerCase())) report(`${id} is the URN of a built-in schema`);
  if (taken.has(id.toLowerCase())) report(`${id} is declared twice`);
  taken.add(id.toLowerCase());
  return id;
}
