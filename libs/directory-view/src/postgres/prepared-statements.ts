import type pg from 'pg';
import { MostRecent } from '#kernel';
import { storableText } from '#projections-postgres';
import type { SqlText, SqlValue } from '../sql/sql-text.js';

/** Filters make statements of ever different text; those of the everyday queries stay. */
const mostKnown = 200;
/** A connection that has prepared so many is to be replaced: the server keeps each of them until the connection ends. */
const mostPrepared = 400;

interface Statement {
  readonly text: string;
  readonly name: string | undefined;
}

/** What one connection has been asked for lately. A statement is prepared when it comes for the second time. */
export class PreparedStatements {
  readonly #known = new MostRecent<string, Statement>(mostKnown);
  #prepared = 0;

  get areMany(): boolean {
    return this.#prepared >= mostPrepared;
  }

  /** @param params nothing of them can become text; the `?` of the statement become `$1`, `$2` and so on. */
  query({ text, params }: SqlText): pg.QueryConfig {
    const { text: numbered, name } = this.#statement(text);
    return { text: numbered, values: params.map(boundValue), ...(name !== undefined && { name }) };
  }

  #statement(text: string): Statement {
    const known = this.#known.get(text);
    if (known?.name !== undefined) return known;
    const statement = known
      ? { text: known.text, name: this.#newName() }
      : { text: numberedParameters(text), name: undefined };
    this.#known.set(text, statement);
    return statement;
  }

  #newName(): string {
    this.#prepared += 1;
    return `s${this.#prepared}`;
  }
}

/** Statements are the program's own text and hold no `?` but for parameters. */
export function numberedParameters(text: string): string {
  let number = 0;
  return text.replaceAll('?', () => `$${++number}`);
}

export function boundValue(value: SqlValue): string | null {
  if (value === null) return null;
  return typeof value === 'string' ? storableText(value) : String(value);
}
