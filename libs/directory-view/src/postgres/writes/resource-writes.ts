import {
  addToCount,
  deleteEmail,
  deleteRow,
  insertEmail,
  resourceColumns,
  resourceStatements,
} from '../../projection/resource-writer.js';
import { postgresDialect } from '../postgres-dialect.js';
import { type ColumnType, type RowsStatement, given, named } from './rows-statement.js';

const keyTypes = ['TEXT', 'TEXT', 'TEXT'] as const;
const countTypes = ['TEXT', 'TEXT', 'BIGINT'] as const;
const one = resourceStatements(postgresDialect);

const typeOf = (column: string): ColumnType => {
  if (column === 'search') return 'JSONB';
  if (column === 'seq') return 'BIGINT';
  return column === 'revision' ? 'INTEGER' : 'TEXT';
};

/** @param at where in the parameters the tenant, the type and the id stand. */
function resource(at: number): RowsStatement['touches'] {
  return (params) => {
    const scope = named('resource', params[at], params[at + 1]);
    return { scope, row: named(scope, params[at + 2]) };
  };
}

function insertion(columns: readonly string[]): RowsStatement {
  const types = columns.map(typeOf);
  const many = `INSERT INTO resource (${columns.join(', ')}) SELECT * FROM ${given(types)}`;
  return { one: one.insertRow, types, many, touches: resource(columns.indexOf('tenant_id')) };
}

/** @param columns those of the key last. */
function update(statement: string, columns: readonly string[]): RowsStatement {
  const types = columns.map(typeOf);
  const values = columns.map((column, index) => ({ column, value: `given.p${index + 1}` }));
  const changes = values.slice(0, -3).map(({ column, value }) => `${column} = ${value}`);
  const key = values.slice(-3).map(({ column, value }) => `r.${column} = ${value}`);
  const many = `UPDATE resource AS r SET ${changes.join(', ')} FROM ${given(types)} WHERE ${key.join(' AND ')}`;
  return { one: statement, types, many, touches: resource(columns.length - 3) };
}

export const resourceWrites: readonly RowsStatement[] = [
  insertion(resourceColumns.insertRow),
  update(one.updateVersion, resourceColumns.updateVersion),
  ...resourceColumns.updateProfile.map((columns, selection) => update(one.updateProfile[selection] as string, columns)),
  {
    one: deleteRow,
    types: keyTypes,
    many: `
      DELETE FROM resource AS r USING ${given(keyTypes)}
      WHERE r.tenant_id = given.p1 AND r.resource_type = given.p2 AND r.id = given.p3`,
    touches: resource(0),
  },
  {
    one: insertEmail,
    types: keyTypes,
    many: `INSERT INTO user_email (tenant_id, value_key, user_id) SELECT * FROM ${given(keyTypes)}`,
    touches: ([tenant, value, userId]) => {
      return { scope: named('user_email', tenant), row: named('user_email', tenant, value, userId) };
    },
  },
  {
    one: deleteEmail,
    types: keyTypes,
    many: `
      DELETE FROM user_email AS e USING ${given(keyTypes)}
      WHERE e.tenant_id = given.p1 AND e.value_key = given.p2 AND e.user_id = given.p3`,
    touches: ([tenant, value, userId]) => {
      return { scope: named('user_email', tenant), row: named('user_email', tenant, value, userId) };
    },
  },
  {
    one: addToCount,
    types: countTypes,
    many: `
      INSERT INTO resource_count (tenant_id, resource_type, total) SELECT * FROM ${given(countTypes)}
      ON CONFLICT (tenant_id, resource_type) DO UPDATE SET total = resource_count.total + excluded.total`,
    touches: ([tenant, type]) => {
      return { scope: named('resource_count', tenant), row: named('resource_count', tenant, type) };
    },
  },
];
