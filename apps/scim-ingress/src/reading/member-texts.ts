import type { GroupMember } from '#directory-domain';

/** By folded member type: a client may write it in any case. */
const endpoints: ReadonlyMap<string | undefined, string> = new Map([
  ['user', 'Users'],
  ['group', 'Groups'],
]);

/** `members` of a group as JSON text. An address is given where the client said what the member is. */
export function memberTexts(members: readonly GroupMember[], base: string): string {
  return JSON.stringify(
    members.map(({ value, type, display }) => {
      const endpoint = endpoints.get(type?.toLowerCase());
      return { value, $ref: endpoint && `${base}/${endpoint}/${encodeURIComponent(value)}`, type, display };
    }),
  );
}
