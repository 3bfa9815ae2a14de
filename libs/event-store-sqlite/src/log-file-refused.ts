export type LogFileRefusal =
  /** There is no log to read, or none where there has been one. */
  | 'missing'
  /** Not a database, or one of another program. */
  | 'foreign'
  /** Written by a later version of this program. */
  | 'newer-format'
  /** Cut short, overwritten or changed by hand. */
  | 'damaged'
  /** Another store, in this process or another one, writes to it. */
  | 'in-use'
  /** Nothing would keep another store from writing to it at the same time. */
  | 'not-lockable';

/** The file cannot be opened as an event log; it was not changed. The message tells the operator what to do. */
export class LogFileRefused extends Error {
  override readonly name = 'LogFileRefused';

  constructor(
    readonly code: LogFileRefusal,
    readonly file: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${file}: ${message}`, options);
  }
}
