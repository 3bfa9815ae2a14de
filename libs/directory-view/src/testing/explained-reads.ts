import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import type { SqlText } from '../sql/sql-text.js';

/** Reads that return nothing and keep the plan of every statement instead. SQLite only. */
export class ExplainedReads implements SqlReads {
  /** One line for every step of every plan. */
  readonly steps: string[] = [];
  readonly #reads: SqlReads;

  constructor(reads: SqlReads) {
    this.#reads = reads;
  }

  get dialect() {
    return this.#reads.dialect;
  }

  async rows<Row extends object>({ text, params }: SqlText): Promise<readonly Row[]> {
    const plan = await this.#reads.rows<{ detail: string }>({ text: `EXPLAIN QUERY PLAN ${text}`, params });
    this.steps.push(...plan.map(({ detail }) => detail));
    return [];
  }

  snapshot<T>(reads: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return reads(this);
  }
}
