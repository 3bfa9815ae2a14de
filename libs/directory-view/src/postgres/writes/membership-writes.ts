import {
  deleteAllMembers,
  deleteMember,
  endAllMembers,
  endMember,
  insertMember,
  intervalColumns,
} from '../../membership/change-members.js';
import type { SqlValue } from '../../sql/sql-text.js';
import { type RowsStatement, type TouchedRows, given, named } from './rows-statement.js';

const group = (tenant?: SqlValue, groupId?: SqlValue): TouchedRows => ({ scope: named('membership', tenant, groupId) });
const member = (tenant?: SqlValue, groupId?: SqlValue, memberId?: SqlValue): TouchedRows => {
  const { scope } = group(tenant, groupId);
  return { scope, row: named(scope, memberId) };
};

const insertTypes = ['TEXT', 'TEXT', 'TEXT', 'TEXT', 'TEXT', 'BIGINT', 'BIGINT'] as const;
const endTypes = ['BIGINT', 'BIGINT', 'TEXT', 'TEXT', 'TEXT'] as const;
const endAllTypes = ['BIGINT', 'BIGINT', 'TEXT', 'TEXT'] as const;
const keyTypes = ['TEXT', 'TEXT', 'TEXT'] as const;
const groupTypes = ['TEXT', 'TEXT'] as const;

const ended = 'm.tenant_id, m.group_id, m.member_id, m.since_position, given.p1, m.since_time, given.p2';

export const membershipWrites: readonly RowsStatement[] = [
  {
    one: insertMember,
    types: insertTypes,
    many: `
      INSERT INTO membership (tenant_id, group_id, member_id, member_type, display, since_position, since_time)
      SELECT * FROM ${given(insertTypes)}
      ON CONFLICT (tenant_id, group_id, member_id)
      DO UPDATE SET member_type = excluded.member_type, display = excluded.display`,
    touches: ([tenant, groupId, memberId]) => member(tenant, groupId, memberId),
  },
  {
    one: endMember,
    types: endTypes,
    many: `
      INSERT INTO membership_interval (${intervalColumns})
      SELECT ${ended} FROM ${given(endTypes)}
      JOIN membership AS m ON m.tenant_id = given.p3 AND m.group_id = given.p4 AND m.member_id = given.p5`,
    touches: ([, , tenant, groupId, memberId]) => member(tenant, groupId, memberId),
  },
  {
    one: deleteMember,
    types: keyTypes,
    many: `
      DELETE FROM membership AS m USING ${given(keyTypes)}
      WHERE m.tenant_id = given.p1 AND m.group_id = given.p2 AND m.member_id = given.p3`,
    touches: ([tenant, groupId, memberId]) => member(tenant, groupId, memberId),
  },
  {
    one: endAllMembers,
    types: endAllTypes,
    many: `
      INSERT INTO membership_interval (${intervalColumns})
      SELECT ${ended} FROM ${given(endAllTypes)}
      JOIN membership AS m ON m.tenant_id = given.p3 AND m.group_id = given.p4`,
    touches: ([, , tenant, groupId]) => group(tenant, groupId),
  },
  {
    one: deleteAllMembers,
    types: groupTypes,
    many: `
      DELETE FROM membership AS m USING ${given(groupTypes)}
      WHERE m.tenant_id = given.p1 AND m.group_id = given.p2`,
    touches: ([tenant, groupId]) => group(tenant, groupId),
  },
];
