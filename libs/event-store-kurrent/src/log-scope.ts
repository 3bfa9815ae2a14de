import type { StreamName } from '#event-store';

/** What every stream of the log begins with; `$`-streams of the server and streams of other programs do not. */
const logPrefix = 'scim.';

/** Which streams of a server a read is of, by their names there. */
export type StreamFilter =
  | { readonly prefix: string }
  /** A regular expression, of what JavaScript and .NET have in common. */
  | { readonly expression: string };

/**
 * Which of a server's streams are the log. Several installations may share a server: each has a namespace, and no prefix
 * of one is a prefix of another's.
 */
export class LogScope {
  /** Where the log's identity is recorded. Not part of `whole`, so that readers of the log never see it. */
  readonly identityStream: string;
  /** All of the log: what the server's names of its streams begin with, and nothing else's do. */
  readonly whole: { readonly prefix: string };
  readonly #namespace: string;

  /** @param namespace `a-z0-9`; undefined: the streams are named on the server as they are in the log. */
  constructor(namespace?: string) {
    if (namespace !== undefined && !/^[a-z0-9]+$/.test(namespace)) {
      throw new RangeError(`A namespace consists of a-z and 0-9: ${namespace}`);
    }
    this.#namespace = namespace === undefined ? '' : `${namespace}_`;
    this.whole = { prefix: `${this.#namespace}${logPrefix}` };
    this.identityStream = `${this.#namespace}scim-log`;
  }

  /** @throws RangeError for a stream that readers of the log would not see. */
  nameOnServer(stream: StreamName): string {
    if (!stream.startsWith(logPrefix)) throw new RangeError(`Streams of the log begin with ${logPrefix}: ${stream}`);
    return `${this.#namespace}${stream}`;
  }

  /** @param prefixes what the names of streams begin with that are left out. */
  allBut(prefixes: readonly string[]): StreamFilter {
    if (prefixes.length === 0) return this.whole;
    const leftOut = prefixes.map((prefix) => escaped(`${this.#namespace}${prefix}`));
    return { expression: `^(?!${leftOut.join('|')})${escaped(this.whole.prefix)}` };
  }

  nameInLog(stream: string): StreamName {
    return stream.slice(this.#namespace.length) as StreamName;
  }
}

/** `RegExp.escape` writes some characters in a way that other engines need not know. */
function escaped(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}
