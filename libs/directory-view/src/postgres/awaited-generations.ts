import { type Position, beforeFirstPosition } from '#event-store';

interface Awaited {
  position: Position;
  /** Until when it is still waited for, by the clock, where it is no longer what readers are to see. */
  until: number;
}

/**
 * How long a generation is waited for that is not live any more, or that nobody keeps up, milliseconds. Longer than any
 * node needs to find that out, or to find that it hears nothing; less than what was live is kept up for.
 */
const partingMs = 3_000;

/** How far the generations have come that some node may read: a write is to be in all of them before it is answered. */
export class AwaitedGenerations {
  readonly #awaited = new Map<number, Awaited>();
  readonly #now: () => number;

  /** @param now milliseconds of a clock that is never set. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** How far each of them is known to be, by number. */
  get positions(): ReadonlyMap<number, Position> {
    return new Map(Array.from(this.#awaited, ([number, { position }]) => [number, position]));
  }

  /** How far all of them are. */
  get least(): Position {
    let least: Position | undefined;
    for (const { position } of this.#awaited.values()) if (least === undefined || position < least) least = position;
    return least ?? beforeFirstPosition;
  }

  /** @returns undefined where it is none of them. */
  positionOf(number: number): Position | undefined {
    return this.#awaited.get(number)?.position;
  }

  /** @returns whether it is one of them. */
  moved(number: number, position: Position): boolean {
    const awaited = this.#awaited.get(number);
    // A notification may have told more than the answer to a question that was asked before it came.
    if (awaited && position > awaited.position) awaited.position = position;
    return awaited !== undefined;
  }

  /** Has lost what it had: its database was replaced by an older copy, e.g. a replica that had not got the last commits. */
  wentBack(number: number, position: Position): void {
    const awaited = this.#awaited.get(number);
    if (awaited) awaited.position = position;
  }

  /** Is waited for from now on, until it is said to part. */
  join(number: number, position: Position): void {
    const known = this.#awaited.get(number);
    if (known) known.until = Infinity;
    else this.#awaited.set(number, { position, until: Infinity });
    this.moved(number, position);
  }

  /** Is waited for some time more. */
  part(number: number): void {
    const awaited = this.#awaited.get(number);
    if (awaited?.until === Infinity) awaited.until = this.#now() + partingMs;
    if (awaited && awaited.until <= this.#now()) this.leave(number);
  }

  /** Nobody can read it any more. */
  leave(number: number): void {
    this.#awaited.delete(number);
  }
}
