import type { ProjectedMember } from './directory-reader.js';

export interface MemberRow {
  readonly member_id: string;
  readonly member_type: string | null;
  readonly display: string | null;
}

export function memberOf({ member_id: value, member_type: type, display }: MemberRow): ProjectedMember {
  return { value, ...(type !== null && { type }), ...(display !== null && { display }) };
}
