import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startTypeScriptWith } from '#event-store-sqlite/testing';

/** The other end of `takeTurns`: a process that measures when it is its turn, and does nothing between. */
export class TurnProcess<Figures> {
  readonly #child: ReturnType<typeof startTypeScriptWith>;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    readonly script: URL,
    args: readonly string[],
    engine: readonly string[],
  ) {
    this.#child = startTypeScriptWith(engine, script, ...args);
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Starts the process. It ends when it is told to, or when this process does.
   *
   * @param engine flags of the JavaScript engine. Default: none.
   */
  static async start<Ready, Figures>(
    script: URL,
    args: readonly string[],
    engine: readonly string[] = [],
  ): Promise<{ readonly process: TurnProcess<Figures>; readonly ready: Ready }> {
    const process = new TurnProcess<Figures>(script, args, engine);
    return { process, ready: (await process.#heard()) as Ready };
  }

  /** @throws where the process ends instead. */
  async turn(): Promise<Figures> {
    this.#child.stdin.write('\n');
    return (await this.#heard()) as Figures;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.stdin.end();
    await ended;
  }

  async #heard(): Promise<unknown> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.script.pathname} has ended`);
    return JSON.parse(value);
  }
}
