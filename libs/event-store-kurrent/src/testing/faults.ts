export type AppendFault =
  /** Every connection of the server is cut before the append is written, or after it and before it is answered. */
  | 'connection lost before commit'
  | 'connection lost after commit'
  /** It is written, and its caller never hears of it. */
  | 'never answered'
  /** The server has just started and takes nothing. */
  | 'not ready';

export type ReadFault = 'connection lost' | 'never answered' | 'denied';

/** What the loopback server shall do wrong. */
export class Faults {
  /** Whether a repeated append is answered without its position, as by a server that has not indexed it yet. */
  hidePositionOfRepetitions = false;
  /** Whether gossip shows nobody who could be called, as while a leader is elected. */
  electing = false;
  readonly #appends: AppendFault[] = [];
  readonly #reads: ReadFault[] = [];
  #chooser: ((append: number) => AppendFault | undefined) | undefined;
  #gate: Promise<void> = Promise.resolve();
  #count = 0;
  #suffered = 0;

  /** What happens to the next appends, one after the other. */
  nextAppends(...faults: readonly AppendFault[]): void {
    this.#appends.push(...faults);
  }

  /** What happens to the next reads and subscriptions. */
  nextReads(...faults: readonly ReadFault[]): void {
    this.#reads.push(...faults);
  }

  /** What happens to each append from now on; they are counted from 1. */
  chooseForAppends(chooser: ((append: number) => AppendFault | undefined) | undefined): void {
    this.#count = 0;
    this.#chooser = chooser;
  }

  /** Holds back the answers to appends, which are written all the same, until they are released. */
  holdAnswers(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  /** Resolves when answers may be given. */
  get answering(): Promise<void> {
    return this.#gate;
  }

  /** Appends that were not answered as they should have been. */
  get suffered(): number {
    return this.#suffered;
  }

  takeForAppend(): AppendFault | undefined {
    const fault = this.#appends.shift() ?? this.#chooser?.(++this.#count);
    if (fault) this.#suffered++;
    return fault;
  }

  takeForRead(): ReadFault | undefined {
    return this.#reads.shift();
  }
}
