import { storableJson } from '#projections-postgres';
import type { SqlText, SqlValue } from '../../sql/sql-text.js';
import { textArray } from '../text-array.js';
import { membershipWrites } from './membership-writes.js';
import { resourceWrites } from './resource-writes.js';
import type { RowsStatement, TouchedRows } from './rows-statement.js';

const known = new Map([...membershipWrites, ...resourceWrites].map((statement) => [statement.one, statement]));

/** Writes that can be done in any order, together where their statement is the same. */
interface Stage {
  readonly rows: Map<RowsStatement, (readonly SqlValue[])[]>;
  readonly single: SqlText[];
}

/**
 * The writes of a transaction, gathered so that a few statements do them all. Each goes to the first stage after those that
 * touched its rows, so that what is done to a row is done in order, and everything else side by side.
 */
export class WriteBatch {
  readonly #stages: Stage[] = [];
  /** The stages up to which a row, or a scope as a whole, has been touched; not there: not at all. */
  readonly #rows = new Map<string, number>();
  readonly #scopes = new Map<string, number>();
  /** The last stage in which any row of a scope has been touched. */
  readonly #withinScopes = new Map<string, number>();
  /** Nothing may go to an earlier stage. */
  #floor = 0;
  #size = 0;

  /** How many writes it holds. */
  get size(): number {
    return this.#size;
  }

  add(text: string, params: readonly SqlValue[]): void {
    this.#size++;
    const statement = known.get(text);
    if (!statement) return this.#addSingle({ text, params });
    const { rows } = this.#stage(this.#place(statement.touches(params)));
    const gathered = rows.get(statement);
    if (gathered) gathered.push(params);
    else rows.set(statement, [params]);
  }

  /** What has been gathered, in order; the batch is empty then. */
  take(): readonly SqlText[] {
    const statements = this.#stages.flatMap(({ rows, single }) => [...single, ...[...rows].map(forRows)]);
    this.#stages.length = 0;
    for (const places of [this.#rows, this.#scopes, this.#withinScopes]) places.clear();
    this.#floor = 0;
    this.#size = 0;
    return statements;
  }

  /** A statement of which is not known what it touches: after everything before it, before everything after it. */
  #addSingle(statement: SqlText): void {
    this.#stage(this.#stages.length).single.push(statement);
    this.#floor = this.#stages.length;
  }

  #place({ scope, row }: TouchedRows): number {
    const within = this.#withinScopes.get(scope) ?? -1;
    const before = row === undefined ? within : Math.max(this.#rows.get(row) ?? -1, this.#scopes.get(scope) ?? -1);
    const place = Math.max(this.#floor, before + 1);
    if (row === undefined) this.#scopes.set(scope, place);
    else this.#rows.set(row, place);
    this.#withinScopes.set(scope, Math.max(within, place));
    return place;
  }

  #stage(place: number): Stage {
    return (this.#stages[place] ??= { rows: new Map(), single: [] });
  }
}

function forRows([{ many, types }, rows]: [RowsStatement, (readonly SqlValue[])[]]): SqlText {
  const params = types.map((type, column) => {
    const values = rows.map((row) => row[column] as SqlValue);
    return textArray(type === 'JSONB' ? values.map((json) => storableJson(json as string)) : values);
  });
  return { text: many, params };
}
