import type { AttributePath } from '../schema/attribute-path.js';
import { commonAttributes } from '../schema/common-attributes.js';
import type { ResourceTypeName } from '../schema/schema-definition.js';
import type { SchemaRegistry } from '../schema/schema-registry.js';

/** Where an attribute stands in a resource: `['name', 'givenName']`, `[<extension URN>, 'manager', 'value']`. */
type ResourcePath = readonly string[];

// A bracket ends the search for its partner, so that many opening ones cost no more than their length.
const valueFilter = /\[[^[\]]*\]/g;

/**
 * The places of the attributes in a list of names (RFC 7644 section 3.10), unknown ones left out.
 *
 * @param names each may be several, separated by commas
 * @returns undefined where no name is given at all
 */
export function selectedPaths(
  registry: SchemaRegistry,
  type: ResourceTypeName,
  names: readonly string[] | undefined,
): ResourcePath[] | undefined {
  if (names === undefined) return undefined;
  const given = names
    .flatMap((text) => text.replace(valueFilter, '').split(','))
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return given.length === 0 ? undefined : given.flatMap((name) => pathsOf(registry, type, name));
}

/** The places of attributes that no selection leaves out. */
export function alwaysReturned(registry: SchemaRegistry, type: ResourceTypeName): ResourcePath[] {
  const common = commonAttributes.filter(({ returned }) => returned === 'always').map(({ name }) => [name]);
  const own = registry.attributesOf(type).filter(({ attribute }) => attribute.returned === 'always');
  return [...common, ...own.map(({ extension, attribute }) => place(extension, attribute.name))];
}

function pathsOf(registry: SchemaRegistry, type: ResourceTypeName, name: string): ResourcePath[] {
  const qualified = registry.splitQualifiedName(type, name);
  if (qualified?.rest === '') {
    const attributes = registry.attributesOf(type).filter(({ schema }) => schema === qualified.schema);
    return attributes.map(({ extension, attribute }) => place(extension, attribute.name));
  }
  const [attribute = '', subAttribute] = (qualified?.rest ?? name).split('.', 2);
  const path: AttributePath = {
    attribute,
    ...(qualified && { schema: qualified.schema.id }),
    ...(subAttribute !== undefined && { subAttribute }),
  };
  const found = registry.resolve(type, path);
  if (found === undefined) return [];
  const whole = place(found.extension, found.attribute.name);
  return [found.subAttribute === undefined ? whole : [...whole, found.subAttribute.name]];
}

function place(extension: string | undefined, attribute: string): ResourcePath {
  return extension === undefined ? [attribute] : [extension, attribute];
}
