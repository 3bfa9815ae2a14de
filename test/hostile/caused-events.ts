import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Reads beside a running server what a request has left in its log. */
export class CausedEvents {
  readonly #database: DatabaseSync;
  readonly #head;
  readonly #after;

  /** @param directory data folder of the server. */
  constructor(directory: string) {
    this.#database = new DatabaseSync(join(directory, 'log.sqlite'), { readOnly: true });
    this.#head = this.#database.prepare('SELECT max(position) AS head FROM events');
    this.#after = this.#database.prepare('SELECT type, metadata FROM events WHERE position > ?');
  }

  head(): number {
    return (this.#head.get() as { head: number | null }).head ?? 0;
  }

  /** @returns the types of the events that a request caused, itself or by what followed from it. */
  of(requestId: string, after: number): string[] {
    const rows = this.#after.all(after) as { type: string; metadata: string }[];
    return rows.filter(({ metadata }) => metadata.includes(`"${requestId}"`)).map(({ type }) => type);
  }

  close(): void {
    this.#database.close();
  }
}
