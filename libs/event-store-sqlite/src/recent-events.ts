import type { Position, RecordedEvent } from '#event-store';
import { type EventRow, toRecordedEvent } from './event-row.js';

export interface RecentEventsLimits {
  readonly events: number;
  /** Of data and metadata together. */
  readonly characters: number;
}

/** Some seconds of a busy server; a reader that is further behind reads the file, in large batches. */
const defaultLimits: RecentEventsLimits = { events: 2_048, characters: 8_000_000 };

/**
 * The end of the log as it was committed, so that readers who follow it live need not ask the database for what this
 * process has just written. Kept as the text that is stored and turned into events by the same function, for each reader
 * anew: nobody can tell whether an event comes from here or from the file.
 */
export class RecentEvents {
  readonly #limits: RecentEventsLimits;
  #rows: EventRow[] = [];
  #characters = 0;
  /** Every event after it is here. */
  #before: number;

  /** @param head where the log ends, before anything is added. */
  constructor(head: Position, limits: RecentEventsLimits = defaultLimits) {
    this.#before = Number(head);
    this.#limits = limits;
  }

  /** @param rows what a commit has added to the log, in its order. */
  add(rows: readonly EventRow[]): void {
    for (const row of rows) {
      this.#rows.push(row);
      this.#characters += charactersOf(row);
    }
    if (this.#isOver(1)) this.#forgetOldest();
  }

  /** @returns what the log holds after a position, at most `limit`; undefined where not all of it is here. */
  after(position: Position, limit: number): readonly RecordedEvent[] | undefined {
    const after = Number(position);
    if (after < this.#before) return undefined;
    const start = this.#rows.findLastIndex((row) => row.position <= after) + 1;
    return this.#rows.slice(start, start + limit).map(toRecordedEvent);
  }

  /** Down to half of the limits, so that a full memory is not moved with every commit. */
  #forgetOldest(): void {
    let forgotten = 0;
    for (; this.#isOver(2, forgotten); forgotten++) {
      const row = this.#rows[forgotten] as EventRow;
      this.#characters -= charactersOf(row);
      this.#before = row.position;
    }
    this.#rows = this.#rows.slice(forgotten);
  }

  #isOver(divisor: number, forgotten = 0): boolean {
    const { events, characters } = this.#limits;
    return this.#rows.length - forgotten > events / divisor || this.#characters > characters / divisor;
  }
}

function charactersOf({ data, metadata }: EventRow): number {
  return data.length + metadata.length;
}
