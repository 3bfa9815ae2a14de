import type { AttributePath } from './attribute-path.js';

/** `ATTRNAME` of RFC 7643 section 2.1, with the leading `$` of `$ref`. */
const attributeName = /^[$A-Za-z][\w$-]*$/;

/**
 * `[URN ":"] attribute ["." sub-attribute]` (RFC 7644 section 3.10). URNs hold colons and dots of their own (`2.0`), so
 * the URN is all that stands before the last colon.
 *
 * @returns undefined where `text` is none. A URN alone cannot be told from an attribute of a shorter URN: whoever takes
 *   both asks the registry first.
 */
export function parseAttributePath(text: string): AttributePath | undefined {
  const colon = text.lastIndexOf(':');
  const [attribute, subAttribute, ...deeper] = text.slice(colon + 1).split('.', 3);
  if (attribute === undefined || deeper.length > 0 || !attributeName.test(attribute)) return undefined;
  if (subAttribute !== undefined && !attributeName.test(subAttribute)) return undefined;
  return {
    ...(colon > 0 && { schema: text.slice(0, colon) }),
    attribute,
    ...(subAttribute !== undefined && { subAttribute }),
  };
}

/** The path as a client would write it, for error details. */
export function printAttributePath({ schema, attribute, subAttribute }: AttributePath): string {
  return `${schema === undefined ? '' : `${schema}:`}${attribute}${subAttribute === undefined ? '' : `.${subAttribute}`}`;
}
