import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { onServerCore, type Placement } from './placement.js';

export interface ServerOptions {
  /** The compiled program, relative to the project's folder, which has to be the current one. */
  readonly program: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where its output goes. */
  readonly logFile: string;
  readonly placement: Placement | undefined;
}

/** How often a starting server is asked whether it is ready, milliseconds. */
const askEvery = 10;
/** The end of a server's output that an error quotes, characters. */
const quoted = 2_000;

/** A server under load, in a process of its own, on a free port. */
export class ServerProcess {
  readonly #startedAt = performance.now();

  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
    private readonly logFile: string,
  ) {}

  /** Starts the process; it need not answer yet. */
  static async launch({ program, environment, logFile, placement }: ServerOptions): Promise<ServerProcess> {
    const port = await freePort();
    const [command = '', ...args] = onServerCore(placement, [process.execPath, '--enable-source-maps', program]);
    const output = openSync(logFile, 'a');
    const child = spawn(command, args, {
      env: { PATH: process.env['PATH'], PORT: String(port), ...environment },
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    return new ServerProcess(port, child, logFile);
  }

  /** Starts the process and waits until it is ready. */
  static async start(options: ServerOptions, patienceSeconds = 60): Promise<ServerProcess> {
    const server = await ServerProcess.launch(options);
    await server.ready(patienceSeconds);
    return server;
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

  async #saysReady(): Promise<boolean> {
    try {
      const response = await fetch(`http://127.0.0.1:${this.port}/health/ready`);
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  #log(): string {
    return readFileSync(this.logFile, 'utf8').slice(-quoted);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  return address.port;
}
