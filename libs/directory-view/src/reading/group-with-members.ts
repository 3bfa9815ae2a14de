import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TenantId } from '#kernel';
import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import type { GroupWithMembers } from './directory-reader.js';
import { findResource } from './find-resource.js';
import { memberOf, type MemberRow } from './member-row.js';
import { memberTexts } from './member-texts.js';

/** Members between two turns of the event loop: about a millisecond of work. */
const chunkSize = 1_000;

const text = `
  SELECT m.member_id, m.member_type, m.display
  FROM membership AS m
  WHERE m.tenant_id = ? AND m.group_id = ? AND m.member_id > ?
  ORDER BY m.member_id
  LIMIT ${chunkSize}`;

/** Reads on one snapshot and lets other work in between chunks, so that a group of any size holds nobody up. */
export async function groupWithMembers(
  reads: SqlReads,
  tenant: TenantId,
  groupId: string,
  base: string,
  shown = (members: string) => members,
): Promise<GroupWithMembers | undefined> {
  return reads.snapshot(async (connection) => {
    const group = await findResource(connection, tenant, 'Group', groupId);
    return group && { ...group, members: await membersOf(connection, tenant, groupId, base, shown) };
  });
}

async function membersOf(
  connection: SqlConnection,
  tenant: TenantId,
  groupId: string,
  base: string,
  shown: (members: string) => string,
): Promise<string | undefined> {
  let list: string | undefined;
  for (let after = ''; ; await nextTurn()) {
    const rows = await connection.rows<MemberRow>({ text, params: [tenant, groupId, after] });
    const members = shown(memberTexts(rows.map(memberOf), base));
    // Concatenation, other than a join at the end, copies nothing: of megabytes that would take milliseconds.
    if (members !== '') list = `${list === undefined ? '[' : `${list},`}${members}`;
    if (rows.length < chunkSize) return list === undefined ? undefined : `${list}]`;
    after = (rows.at(-1) as MemberRow).member_id;
  }
}
