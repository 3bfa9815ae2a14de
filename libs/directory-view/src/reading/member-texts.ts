import type { ProjectedMember } from './directory-reader.js';

/**
 * `members` of a group as JSON text, to be put in brackets. An address is given where the client said what the member is.
 *
 * @param base the tenant's SCIM base URL, without a slash at its end.
 */
export function memberTexts(members: readonly ProjectedMember[], base: string): string {
  return members.map((member) => memberText(member, base)).join(',');
}

function memberText({ value, type, display }: ProjectedMember, base: string): string {
  const endpoint = endpointOf(type);
  const $ref = endpoint && `${base}/${endpoint}/${encodeURIComponent(value)}`;
  return JSON.stringify({ value, $ref, type, display });
}

/** A client may write the type in any case; a type of its own has no address. */
function endpointOf(type: string | undefined): 'Users' | 'Groups' | undefined {
  const folded = type?.toLowerCase();
  if (folded === 'user') return 'Users';
  return folded === 'group' ? 'Groups' : undefined;
}
