import type { ResourceTypeName } from '#scim-protocol';
import type { Dialect } from '../sql/dialect.js';
import { sql } from '../sql/sql-text.js';
import type { ValueSource } from './value-source.js';

/** `groups` of a user and `members` of a group: rows of `membership`, found by index from either side. */
export function locateMemberships(dialect: Dialect, type: ResourceTypeName): ValueSource {
  return type === 'User' ? groupsOfUser(dialect) : membersOfGroup;
}

/** SQLite keeps the order of a CROSS JOIN: left to itself it goes through all groups for each user. */
const groupsOfUser = (dialect: Dialect): ValueSource => ({
  kind: 'list',
  from: sql`membership AS m CROSS JOIN resource AS g`,
  where: sql`m.tenant_id = r.tenant_id AND m.member_id = r.id
    AND g.tenant_id = m.tenant_id AND g.resource_type = 'Group' AND g.id = m.group_id`,
  order: sql`m.group_id`,
  scope: {
    part(part) {
      if (part?.name === 'value') return sql`m.group_id`;
      if (part?.name === 'display') return sql`g.display_name_key`;
      return part?.name === 'type' ? dialect.text(sql`'direct'`) : undefined;
    },
  },
});

/** Only `value` is kept in comparable form: clients ask who is a member, never what a membership is labelled. */
const membersOfGroup: ValueSource = {
  kind: 'list',
  from: sql`membership AS m`,
  where: sql`m.tenant_id = r.tenant_id AND m.group_id = r.id`,
  order: sql`m.member_id`,
  scope: { part: (part) => (part?.name === 'value' ? sql`m.member_id` : undefined) },
};
