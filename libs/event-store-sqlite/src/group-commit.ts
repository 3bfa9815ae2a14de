import type { AppendResult } from '#event-store';
import type { AppendAnswer, AppendTransaction } from './append-transaction.js';
import type { EncodedAppend } from './encoded-append.js';

/** Events of one transaction; a single append may be larger and then has a transaction of its own. */
const maxEventsPerCommit = 512;
/** Turns of the event loop that a group waits at most for others to join it. Some read and decide a while: a millisecond. */
const mostTurns = 8;

interface PendingAppend {
  readonly appends: readonly EncodedAppend[];
  readonly size: number;
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

export interface CommitStatistics {
  /** Transactions that were committed since the store was opened. */
  readonly commits: number;
  /** Appends that were answered by them, refused ones included. */
  readonly appends: number;
}

/**
 * Collects the appends of some turns of the event loop into one transaction, because a commit costs a flush to disk
 * whatever is in it, and holds everybody up meanwhile. A group is committed at the end of the first turn that brought
 * nothing to it: as long as requests come in there is other work to do, and a lone append waits for no timer.
 */
export class GroupCommit {
  readonly #transaction: Pick<AppendTransaction, 'run'>;
  readonly #onCommitted: () => void;
  readonly #pending: PendingAppend[] = [];
  #scheduled = false;
  #commits = 0;
  #appends = 0;

  constructor(transaction: Pick<AppendTransaction, 'run'>, onCommitted: () => void) {
    this.#transaction = transaction;
    this.#onCommitted = onCommitted;
  }

  get statistics(): CommitStatistics {
    return { commits: this.#commits, appends: this.#appends };
  }

  /** Resolves after the commit; rejects with what the transaction threw or answered as an error. */
  append(appends: readonly EncodedAppend[]): Promise<AppendResult> {
    const size = appends.reduce((events, append) => events + append.events.length, 0);
    return new Promise((resolve, reject) => {
      this.#pending.push({ appends, size, resolve, reject });
      this.#schedule();
    });
  }

  /** Commits all that is pending now, without waiting for the turn to end. */
  flush(): void {
    while (this.#pending.length > 0) this.#commit(this.#takeGroup());
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#lookAfterTurn(0, mostTurns);
  }

  #lookAfterTurn(known: number, turns: number): void {
    setImmediate(() => {
      const { length } = this.#pending;
      if (length > known && turns > 0) return this.#lookAfterTurn(length, turns - 1);
      this.#scheduled = false;
      const group = this.#takeGroup();
      // What did not fit waits for another turn, so that a long queue does not keep requests from being read; it has its turn
      // whatever fails in this one.
      if (this.#pending.length > 0) this.#schedule();
      if (group.length > 0) this.#commit(group);
    });
  }

  #takeGroup(): readonly PendingAppend[] {
    let events = 0;
    const tooMuch = this.#pending.findIndex(({ size }, index) => (events += size) > maxEventsPerCommit && index > 0);
    return this.#pending.splice(0, tooMuch === -1 ? this.#pending.length : tooMuch);
  }

  #commit(group: readonly PendingAppend[]): void {
    let answers: readonly AppendAnswer[];
    try {
      answers = this.#transaction.run(group.map((pending) => pending.appends));
    } catch (error) {
      for (const pending of group) pending.reject(error);
      return;
    }
    this.#commits++;
    this.#appends += group.length;
    for (const [index, answer] of answers.entries()) {
      if (answer instanceof Error) group[index]?.reject(answer);
      else group[index]?.resolve(answer);
    }
    this.#onCommitted();
  }
}
