import { type JsonValue, isJsonObject } from '#kernel';
import { isUnassigned } from './attribute-value.js';

/**
 * The place of the first member in a list, or alone, that something is said of but not who it is. Whom a `$ref` or a
 * `display` means would be a guess, and to leave the member out would take it from the group that a PUT replaces. An item
 * that says nothing (null, `{}`) is no member.
 *
 * @param members as a client sent them, not checked yet
 */
export function unnamedMember(members: JsonValue): number | undefined {
  const list = Array.isArray(members) ? members : [members];
  const place = list.findIndex((item) => {
    const said = isJsonObject(item) ? Object.entries(item).filter(([, part]) => !isUnassigned(part)) : [];
    return said.length > 0 && said.every(([name]) => name.toLowerCase() !== 'value');
  });
  return place < 0 ? undefined : place;
}
