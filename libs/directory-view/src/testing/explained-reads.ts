import type { SqlConnection, SqlReads } from '../sql/sql-connection.js';
import type { SqlText } from '../sql/sql-text.js';
import { planSteps } from './plan-steps.js';

/** Reads that return nothing and keep the plan of every statement instead. */
export class ExplainedReads implements SqlReads {
  /**
   * One line for every access to a table in every plan: `SEARCH r USING INDEX name (condition)` or `SCAN r`. The index of
   * a primary key is called after its table, `resource_key`.
   */
  readonly steps: string[] = [];
  readonly #reads: SqlReads;

  constructor(reads: SqlReads) {
    this.#reads = reads;
  }

  get dialect() {
    return this.#reads.dialect;
  }

  async rows<Row extends object>({ text, params }: SqlText): Promise<readonly Row[]> {
    this.steps.push(...(await planSteps(this.#reads, { text, params })));
    return [];
  }

  snapshot<T>(reads: (connection: SqlConnection) => Promise<T>): Promise<T> {
    return reads(this);
  }
}
