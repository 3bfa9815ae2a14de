import type pg from 'pg';

/** Events applied before the statistics are made for the first time. */
const first = 1_000;

/**
 * The planner's statistics of a generation that is being filled. The server makes them by itself, but up to a minute late,
 * in which a view grows from nothing to a million rows; here they are made whenever it has about doubled.
 */
export class GrowingStatistics {
  #applied = 0;
  #due = first;

  constructor(private readonly pool: pg.Pool) {}

  /** To be called outside of transactions. Never fails: without statistics plans are worse, not wrong. */
  async grown(events: number): Promise<void> {
    this.#applied += events;
    if (this.#applied < this.#due) return;
    this.#due = 2 * this.#applied;
    await this.pool.query('ANALYZE resource, user_email, membership, membership_interval').catch(() => undefined);
  }
}
