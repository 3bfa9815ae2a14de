import type { JsonObject, JsonValue } from '#kernel';
import type { GroupMember } from '#directory-domain';

/** A group's document, its members apart: they are stored, changed and read on their own. */
export interface GroupDocument {
  readonly attributes: JsonObject;
  readonly members: readonly GroupMember[];
}

/** @param document as `readResource` gives it. */
export function groupDocument({ members, ...attributes }: JsonObject): GroupDocument {
  const list = (members ?? []) as JsonValue[] as { value: string; type?: string; display?: string }[];
  // An id that stands twice is one member, with what was said of it last, as in a PATCH.
  const byId = new Map(list.filter(({ value }) => value !== undefined).map((member) => [member.value, member]));
  return { attributes, members: [...byId.values()].map(groupMember) };
}

/** `$ref` is left out: an address is ours to say, from the id. */
function groupMember({ value, type, display }: { value: string; type?: string; display?: string }): GroupMember {
  return { value, ...(type !== undefined && { type }), ...(display !== undefined && { display }) };
}
