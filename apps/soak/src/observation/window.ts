/** What is seen of the server at one moment. Sizes are bytes. */
export interface Sample {
  /** Events in the log, as far as the view has come. */
  readonly events: number;
  /** What V8 and the buffers it knows of hold right after a full garbage collection. */
  readonly heap: number;
  /** Resident memory of the whole process. */
  readonly resident: number;
  readonly files: FileSizes;
}

/** Sizes of a data folder's files, bytes. */
export interface FileSizes {
  readonly log: number;
  /** The files of the view's generations. */
  readonly view: number;
  /** Everything SQLite keeps beside a database while it works: write-ahead logs, journals, their indexes. */
  readonly working: number;
  /** Lines the server logged, one a request. */
  readonly serverLog: number;
  readonly others: number;
}

/** One stretch of a soak: what was asked of the server in it, and the server at its end. */
export interface Window extends Sample {
  /** Requests of the cycles that began in this window. */
  readonly requests: number;
  readonly failures: number;
  readonly retries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}
