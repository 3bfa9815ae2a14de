import { type DestinationStream, levels } from 'pino';

const warning = levels.values['warn'] as number;

/** Characters that are written together, at the latest. */
const fullBatch = 32_768;
/** How long a line may wait for others, milliseconds. */
const longestWait = 250;

/** Asks pino to set `lastLevel` to a line's level before it writes the line. */
const wantsLevel: unique symbol = Symbol.for('pino.metadata');

/**
 * Writes log lines in batches, as a system call for each would cost more than the line itself. A warning and anything more
 * severe is written at once, with all before it. Whoever ends the process in order has to `flush`; a kill -9 takes the
 * lines of the last moments with it.
 */
export class BatchedLines implements DestinationStream {
  readonly [wantsLevel] = true;
  lastLevel = 0;
  #waiting = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly destination: DestinationStream) {}

  write(line: string): void {
    this.#waiting += line;
    if (this.#waiting.length >= fullBatch || this.lastLevel >= warning) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), longestWait).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lines = this.#waiting;
    this.#waiting = '';
    if (lines !== '') this.destination.write(lines);
  }
}
