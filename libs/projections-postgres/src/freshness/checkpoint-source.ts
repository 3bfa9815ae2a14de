import type { Position } from '#event-store';

/** Runs one statement, with its parameters as `$1` and so on. */
export type Ask = <Row extends object>(text: string, values: readonly unknown[]) => Promise<readonly Row[]>;

/** A checkpoint in the database that another process moves, and announces with every move. */
export interface CheckpointSource {
  /** Where moves are announced (`NOTIFY`). */
  readonly channel: string;

  /**
   * @param payload of a notification.
   * @returns how far it says the checkpoint has come; `look` where only `current` can tell; undefined where it is of no
   * interest.
   */
  heard(payload: string): Position | 'look' | undefined;

  /**
   * @returns how far it has come; `unattended` where no process moves it; undefined where there is nothing that this process
   * could read.
   */
  current(ask: Ask): Promise<Position | 'unattended' | undefined>;

  /** To be told where the database cannot be asked, until `current` is called again. */
  away?(): void;
}
