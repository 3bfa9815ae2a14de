import { type CommitDecision, type Expectation, checkCommit } from './commit-check.js';
import { type ProposedRecord, type StoredRecord, sizeOf } from './stored-record.js';

export type WriteResult =
  | { readonly result: 'success'; readonly lastRevision: number; readonly position: bigint }
  | { readonly result: 'repeated'; readonly lastRevision: number; readonly position: bigint }
  | { readonly result: 'wrong expected version'; readonly current: number };

/** The log of a loopback server: in memory, it outlives restarts of the server, and nodes of a cluster share one. */
export class LoopbackLog {
  readonly #records: StoredRecord[] = [];
  readonly #streams = new Map<string, StoredRecord[]>();
  readonly #readers = new Set<() => void>();
  #end: bigint;

  /** A real log begins with records of the server's own. */
  constructor(firstPosition = 1_184n) {
    this.#end = firstPosition;
  }

  write(stream: string, expected: Expectation, events: readonly ProposedRecord[]): WriteResult {
    const records = this.#streams.get(stream) ?? [];
    const current = records.length - 1;
    const decided = this.#check(records, expected, events);
    if (decided.decision === 'wrong expected version') return { result: decided.decision, current };
    if (decided.decision === 'idempotent') {
      const { lastRevision } = decided;
      return { result: 'repeated', lastRevision, position: records[lastRevision]?.position ?? 0n };
    }
    const created = Date.now();
    for (const event of events) this.#add({ ...event, stream, revision: records.length, created }, records);
    if (events.length > 0) this.#streams.set(stream, records);
    for (const wake of this.#readers) wake();
    return { result: 'success', lastRevision: records.length - 1, position: records.at(-1)?.position ?? this.#end };
  }

  /** All of it as it is now: a backup. */
  copy(): LoopbackLog {
    const copy = new LoopbackLog(this.#end);
    copy.#records.push(...this.#records);
    for (const [name, records] of this.#streams) copy.#streams.set(name, [...records]);
    return copy;
  }

  stream(name: string): readonly StoredRecord[] | undefined {
    return this.#streams.get(name);
  }

  get all(): readonly StoredRecord[] {
    return this.#records;
  }

  /** Index of the first record at or after a position. */
  indexOf(position: bigint): number {
    let [low, high] = [0, this.#records.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#records[middle]?.position ?? 0n) < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Whether a real server could begin to read there: where a record begins, or behind the end. */
  isPlace(position: bigint): boolean {
    return position >= this.#end || this.#records[this.indexOf(position)]?.position === position;
  }

  /** Resolves when the log has more than `length` records, or the signal aborts. */
  async growth(length: number, signal: AbortSignal): Promise<void> {
    if (this.#records.length > length || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        this.#readers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#readers.add(wake);
      signal.addEventListener('abort', wake);
    });
  }

  #check(records: readonly StoredRecord[], expected: Expectation, events: readonly ProposedRecord[]): CommitDecision {
    const stream = {
      current: records.length - 1,
      idAt: (revision: number) => records[revision]?.id,
      recentRevisionOf: (id: string) => records.findLast((record) => record.id === id)?.revision,
    };
    return checkCommit(
      stream,
      expected,
      events.map((event) => event.id),
    );
  }

  #add(record: Omit<StoredRecord, 'position'>, stream: StoredRecord[]): void {
    const stored = { ...record, position: this.#end };
    this.#end += BigInt(sizeOf(record) + record.stream.length + 58);
    this.#records.push(stored);
    stream.push(stored);
  }
}
