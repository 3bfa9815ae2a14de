import type { CheckpointMove } from '#projections';
import { type SqlText, sql } from '../sql/sql-text.js';

/** The schema of the catalogue where nothing else is said; generations stand beside it as `scim_view_g1` and so on. */
export const defaultViewName = 'scim_view';

/** Lower case, so that it needs no quotes in any statement; short enough for PostgreSQL's 63 bytes with a number behind. */
const viewName = /^[a-z][a-z0-9_]{0,39}$/;

/** Names of what one view has in the database. */
export class ViewSchema {
  readonly catalogue: string;
  /** Where moves of checkpoints and flips are announced (`NOTIFY`). */
  readonly channel: string;

  constructor(name: string = defaultViewName) {
    if (!viewName.test(name)) throw new Error(`${name} cannot name a view: lower case letters, digits and _ can.`);
    this.catalogue = name;
    this.channel = name;
  }

  /** What stands before the number in the name of a generation's schema. */
  get generationPrefix(): string {
    return `${this.catalogue}_g`;
  }

  generation(number: number): string {
    return `${this.generationPrefix}${number}`;
  }

  /** What the channel says of a generation's checkpoint. */
  announcement(number: number, position: bigint): string {
    return `${number}/${position}`;
  }

  /** What it says where a generation has become live, which has come so far. */
  liveAnnouncement(number: number, position: bigint): string {
    return `${this.announcement(number, position)} live`;
  }

  announce(number: number): (move: CheckpointMove) => SqlText {
    return ({ to }) => sql`pg_notify(${this.channel}, ${this.announcement(number, to)})`;
  }
}
