import type { GroupMember } from '#directory-domain';

/** `members` of a group as JSON text. An address is given where the client said what the member is. */
export function memberTexts(members: readonly GroupMember[], base: string): string {
  return JSON.stringify(
    members.map(({ value, type, display }) => ({
      value,
      ...((type === 'User' || type === 'Group') && { $ref: `${base}/${type}s/${encodeURIComponent(value)}` }),
      type,
      display,
    })),
  );
}
