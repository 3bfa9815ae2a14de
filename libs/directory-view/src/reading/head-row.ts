import { type SqlText, sql } from '../sql/sql-text.js';
import type { StoredHead } from './directory-reader.js';

export interface HeadRow {
  readonly head: string;
  readonly revision: number;
  readonly is_member: 0 | 1;
}

/** What is read of the resource row `r` to show it. */
export const headColumns: SqlText = sql`r.head, r.revision, CASE WHEN EXISTS (
    SELECT 1 FROM membership AS m WHERE m.tenant_id = r.tenant_id AND m.member_id = r.id
  ) THEN 1 ELSE 0 END AS is_member`;

export function storedHead({ head, revision, is_member: isMember }: HeadRow): StoredHead {
  return { head, revision, isMember: isMember === 1 };
}
