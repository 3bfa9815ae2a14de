import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TenantId } from '#kernel';
import type { SqlReads } from '../sql/sql-connection.js';

/** Members between two turns of the event loop: about a millisecond of work. */
const chunkSize = 1_000;

interface Row {
  readonly member_id: string;
  readonly member_type: string | null;
  readonly display: string | null;
}

const text = `
  SELECT m.member_id, m.member_type, m.display
  FROM membership AS m
  WHERE m.tenant_id = ? AND m.group_id = ? AND m.member_id > ?
  ORDER BY m.member_id
  LIMIT ?`;

/** Reads on one snapshot and lets other work in between chunks, so that a group of any size holds nobody up. */
export async function membersOfGroup(
  reads: SqlReads,
  tenant: TenantId,
  groupId: string,
  base: string,
): Promise<string | undefined> {
  const chunks = await reads.snapshot(async (connection) => {
    const texts: string[] = [];
    for (let after = ''; ; await nextTurn()) {
      const rows = await connection.rows<Row>({ text, params: [tenant, groupId, after, chunkSize] });
      if (rows.length > 0) texts.push(rows.map((row) => memberText(row, base)).join(','));
      if (rows.length < chunkSize) return texts;
      after = (rows.at(-1) as Row).member_id;
    }
  });
  return chunks.length === 0 ? undefined : `[${chunks.join(',')}]`;
}

function memberText({ member_id: value, member_type: type, display }: Row, base: string): string {
  const endpoint = endpointOf(type);
  const $ref = endpoint && `${base}/${endpoint}/${encodeURIComponent(value)}`;
  return JSON.stringify({ value, $ref, type: type ?? undefined, display: display ?? undefined });
}

/** A client may write the type in any case; a type of its own has no address. */
function endpointOf(type: string | null): 'Users' | 'Groups' | undefined {
  const folded = type?.toLowerCase();
  if (folded === 'user') return 'Users';
  return folded === 'group' ? 'Groups' : undefined;
}
