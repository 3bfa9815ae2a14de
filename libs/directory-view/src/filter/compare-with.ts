import type { ComparisonOperator, FilterLiteral } from '#scim-protocol';
import type { Dialect } from '../sql/dialect.js';
import { type SqlText, sql } from '../sql/sql-text.js';

/** The comparison of one stored value with a literal that fits its type; false or unknown where there is no value. */
export function compareWith(
  dialect: Dialect,
  operator: ComparisonOperator,
  literal: FilterLiteral,
  value: SqlText,
): SqlText {
  const bound = typeof literal === 'boolean' ? dialect.booleanLiteral(literal) : sql`${literal}`;
  switch (operator) {
    case 'eq':
      return sql`(${value} = ${bound})`;
    case 'ne':
      return sql`(${value} <> ${bound})`;
    case 'gt':
      return sql`(${value} > ${bound})`;
    case 'ge':
      return sql`(${value} >= ${bound})`;
    case 'lt':
      return sql`(${value} < ${bound})`;
    case 'le':
      return sql`(${value} <= ${bound})`;
    case 'co':
      return sql`(${dialect.containsText(value, bound)})`;
    case 'sw':
      return sql`(substr(${value}, 1, length(${bound})) = ${bound})`;
    case 'ew':
      return literal === '' ? sql`(${value} IS NOT NULL)` : sql`(${dialect.endsWithText(value, bound)})`;
  }
}
