import type { Dialect, JsonPath } from '../sql/dialect.js';
import { literal, sql } from '../sql/sql-text.js';

/** JSON is kept as JSONB, which `json_extract` walks without parsing: half of the cost of a filter that scans. */
export const sqliteDialect: Dialect = {
  textType: 'TEXT',
  jsonType: 'BLOB',
  clusteredByKey: ' WITHOUT ROWID',
  listed: undefined,

  storedJson: (text) => sql`jsonb(${text})`,
  jsonText: (document) => sql`json(${document})`,
  // The kind needs no cast: booleans come out as 0 and 1.
  jsonScalar: (document, path) => (path.length === 0 ? document : sql`json_extract(${document}, ${jsonPath(path)})`),
  booleanLiteral: (value) => sql`${value ? 1 : 0}`,
  jsonExists: (document, path) => sql`json_type(${document}, ${jsonPath(path)}) IS NOT NULL`,
  jsonItems: (document, path, alias) => ({
    from: sql`json_each(${document}, ${jsonPath(path)}) AS ${literal(alias)}`,
    item: literal(`${alias}.value`),
    ordinal: literal(`${alias}.key`),
  }),
  text: (expression) => expression,
  indexedText: (column) => column,
  equalsText: (column, value) => sql`${literal(column)} = ${value}`,
  keyAmong: ({ leading, last, values }) => {
    const lastIsAmong = sql`${literal(last)} IN (SELECT value FROM json_each(${JSON.stringify([...values])}))`;
    return Object.entries(leading).reduceRight((rest, [column, value]) => {
      if (typeof value === 'string') return sql`${literal(column)} = ${value} AND ${rest}`;
      const some = { text: value.map(() => '?').join(', '), params: value };
      return sql`${literal(column)} IN (${some}) AND ${rest}`;
    }, lastIsAmong);
  },
  containsText: (text, part) => sql`instr(${text}, ${part}) > 0`,
  // A negative start counts from the end; 0 would not mean "nothing", so an empty end has to be caught before.
  endsWithText: (text, end) => sql`substr(${text}, -length(${end})) = ${end}`,
};

/** Names are quoted: URNs contain dots and colons. */
function jsonPath(path: JsonPath): string {
  return `$${path.map((name) => `."${name}"`).join('')}`;
}
