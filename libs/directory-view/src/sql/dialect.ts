import type { SqlText } from './sql-text.js';

/** What a JSON value is read as, so that both engines compare it as text, number or boolean. */
export type ScalarKind = 'text' | 'number' | 'boolean';

/** Names of nested members, outermost first. */
export type JsonPath = readonly string[];

/**
 * What the engines say differently; everything else in this lib is the same text on both. Texts compare by code point on
 * every engine (SQLite's BINARY, PostgreSQL's C collation), as `matchesFilter` does.
 */
export interface Dialect {
  /** Type of a text column, with the collation that orders by code point. */
  readonly textType: string;
  /** Type of a column that holds JSON for searching. */
  readonly jsonType: string;
  /** Ends a `CREATE TABLE` whose rows are small and always found by primary key. */
  readonly clusteredByKey: string;
  /**
   * Which resources are in the index that has lists in their order: always all of them. An engine that may use the index
   * only for statements with this condition cannot take it for a look-up, whatever it believes of the number of rows.
   */
  readonly listed: SqlText | undefined;

  /** JSON text as a value of `jsonType`. */
  storedJson(text: SqlText): SqlText;
  /** A value of `jsonType` as JSON text. */
  jsonText(document: SqlText): SqlText;
  /** The simple value at a path; NULL where there is none. */
  jsonScalar(document: SqlText, path: JsonPath, kind: ScalarKind): SqlText;
  /** A boolean to compare such a value with. */
  booleanLiteral(value: boolean): SqlText;
  /** Whether there is any value at a path. */
  jsonExists(document: SqlText, path: JsonPath): SqlText;
  /** The items of the list at a path, as something to select from; none where there is no list. */
  jsonItems(document: SqlText, path: JsonPath, alias: string): JsonItems;
  /** An expression that makes a text, to be compared by code point. Columns of `textType` need no saying. */
  text(expression: SqlText): SqlText;
  /** What the index of a column of texts holds, where it cannot hold texts of any length. */
  indexedText(column: string): string;
  /** Whether a column of texts has a value, found by an index on its `indexedText`. */
  equalsText(column: string, value: string): SqlText;
  /** Whether a row has one of the keys. Costs what the keys cost, however many rows are equal in the leading columns. */
  keyAmong(keys: Keys): SqlText;
  containsText(text: SqlText, part: SqlText): SqlText;
  endsWithText(text: SqlText, end: SqlText): SqlText;
}

/** Keys that differ in their last column. */
export interface Keys {
  /** Columns before the last, each with what it is equal to, or the few texts that it may be. */
  readonly leading: Readonly<Record<string, string | readonly string[]>>;
  readonly last: string;
  readonly values: Iterable<string>;
}

export interface JsonItems {
  readonly from: SqlText;
  /** The item itself, to be given to `jsonScalar` as a document. */
  readonly item: SqlText;
  /** The item's place in the list, ascending. */
  readonly ordinal: SqlText;
}
