import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { onServerCore, type Placement } from './placement.js';

export interface ServerOptions {
  /** The compiled program, relative to the project's folder, which has to be the current one. */
  readonly program: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Flags of Node.js. */
  readonly nodeFlags?: readonly string[];
  /** Where its output goes; no other process's. */
  readonly logFile: string;
  readonly placement: Placement | undefined;
}

/** How often a starting server is asked whether it is ready, milliseconds. */
const askEvery = 10;
/** The end of a server's output that an error quotes, characters. */
const quoted = 2_000;
/** How a server says where it listens. */
const announcement = /http:\/\/[\w.]+:(\d+)/;

/**
 * A server under load, in a process of its own. It takes a free port itself and says which: a port that was found free
 * for it may be another's by the time it listens.
 */
export class ServerProcess {
  readonly #startedAt = performance.now();
  #port: number | undefined;

  private constructor(
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {}

  /** Starts the process; it need not answer yet. */
  static launch({ program, environment, nodeFlags = [], logFile, placement }: ServerOptions): ServerProcess {
    const run = [process.execPath, ...nodeFlags, program];
    const [command = '', ...args] = onServerCore(placement, run);
    const output = openSync(logFile, 'w');
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'], PORT: '0', ...environment },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    return new ServerProcess(child, logFile);
  }

  /** Starts the process and waits until it is ready. */
  static async start(options: ServerOptions, patienceSeconds = 60): Promise<ServerProcess> {
    const server = ServerProcess.launch(options);
    await server.ready(patienceSeconds);
    return server;
  }

  /** @throws where the server does not listen yet. */
  get port(): number {
    this.#port ??= this.#announcedPort();
    if (this.#port === undefined) throw new Error('The server has not said yet where it listens');
    return this.#port;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  /**
   * Waits until `/health/ready` says 200.
   *
   * @returns seconds since the process was started.
   * @throws where the process has ended, or is not ready in time.
   */
  async ready(patienceSeconds: number): Promise<number> {
    while (!(await this.#saysReady())) {
      const seconds = (performance.now() - this.#startedAt) / 1000;
      if (this.child.exitCode !== null) throw new Error(`The server ended at its start:\n${this.#log()}`);
      if (seconds > patienceSeconds) throw new Error(`The server is not ready after ${patienceSeconds} s`);
      await sleep(askEvery);
    }
    return (performance.now() - this.#startedAt) / 1000;
  }

  async text(path: string): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.port}${path}`);
    return response.text();
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
  }

  /** Runs the work; where that fails, the error tells how the server ended or what it said last. */
  async explaining<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      const { exitCode, signalCode } = this.child;
      const end = exitCode ?? signalCode;
      const state = end === null ? 'runs' : `ended (${end})`;
      throw new Error(`${String(cause)}\nThe server ${state} and said last:\n${this.#log()}`, { cause });
    }
  }

  async #saysReady(): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/health/ready`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  #announcedPort(): number | undefined {
    const [, port] = announcement.exec(readFileSync(this.logFile, 'utf8')) ?? [];
    return port === undefined ? undefined : Number(port);
  }

  #log(): string {
    return readFileSync(this.logFile, 'utf8').slice(-quoted);
  }
}
