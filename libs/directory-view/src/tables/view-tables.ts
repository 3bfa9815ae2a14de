import type { Dialect } from '../sql/dialect.js';

/**
 * Changes whenever rows built by this code would differ from rows built before, or are read in another way: every
 * generation of another version is then built again from the log. With the schemas of the registry it makes the code
 * version of a generation.
 */
export const viewVersion = 3;

/** The statements that make an empty generation. Positions are integers, and so are times of
 * memberships: milliseconds since the Unix epoch. */
export function viewTables(dialect: Dialect): readonly string[] {
  const { textType: text, jsonType: json, clusteredByKey, listed } = dialect;
  return [
    // `created` and `last_modified` are in the form in which filters compare instants: ISO 8601, UTC, milliseconds.
    // `seq` is the position of the event that provisioned the resource: a stable order of creation. The keys are
    // comparable values (`comparableValue`) of the attributes that clients look resources up by; each ends its index with
    // `seq`, so that a look-up is already in list order and no engine is tempted to walk the whole list instead.
    `CREATE TABLE resource (
      tenant_id ${text} NOT NULL,
      resource_type ${text} NOT NULL,
      id ${text} NOT NULL,
      seq BIGINT NOT NULL,
      revision INTEGER NOT NULL,
      created ${text} NOT NULL,
      last_modified ${text} NOT NULL,
      head ${text} NOT NULL,
      search ${json} NOT NULL,
      display_name ${text},
      user_name_key ${text},
      external_id_key ${text},
      display_name_key ${text},
      employee_number_key ${text},
      PRIMARY KEY (tenant_id, resource_type, id)
    )`,
    `CREATE UNIQUE INDEX resource_by_seq ON resource (tenant_id, resource_type, seq)${listed ? ` WHERE ${listed.text}` : ''}`,
    ...['user_name_key', 'external_id_key', 'display_name_key', 'employee_number_key'].map(
      (key) =>
        `CREATE INDEX resource_by_${key} ON resource (tenant_id, resource_type, ${dialect.indexedText(key)}, seq)
         WHERE ${key} IS NOT NULL`,
    ),
    `CREATE TABLE user_email (
      tenant_id ${text} NOT NULL,
      value_key ${text} NOT NULL,
      user_id ${text} NOT NULL,
      PRIMARY KEY (tenant_id, value_key, user_id)
    )${clusteredByKey}`,
    // A member's row is also its open interval; `membership_interval` holds the ended ones.
    `CREATE TABLE membership (
      tenant_id ${text} NOT NULL,
      group_id ${text} NOT NULL,
      member_id ${text} NOT NULL,
      member_type ${text},
      display ${text},
      since_position BIGINT NOT NULL,
      since_time BIGINT NOT NULL,
      PRIMARY KEY (tenant_id, group_id, member_id)
    )${clusteredByKey}`,
    'CREATE INDEX membership_by_member ON membership (tenant_id, member_id, group_id)',
    `CREATE TABLE membership_interval (
      tenant_id ${text} NOT NULL,
      group_id ${text} NOT NULL,
      member_id ${text} NOT NULL,
      from_position BIGINT NOT NULL,
      to_position BIGINT NOT NULL,
      from_time BIGINT NOT NULL,
      to_time BIGINT NOT NULL,
      PRIMARY KEY (tenant_id, group_id, member_id, from_position)
    )${clusteredByKey}`,
    `CREATE TABLE resource_count (
      tenant_id ${text} NOT NULL,
      resource_type ${text} NOT NULL,
      total BIGINT NOT NULL,
      PRIMARY KEY (tenant_id, resource_type)
    )${clusteredByKey}`,
    `CREATE TABLE checkpoint (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      epoch BIGINT NOT NULL,
      position BIGINT NOT NULL,
      last_event ${text}
    )`,
    'INSERT INTO checkpoint (only_row, epoch, position) VALUES (1, 0, 0)',
  ];
}
