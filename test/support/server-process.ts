import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist/apps/standalone/src/main.js');

export interface ServerOptions {
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Whom the process runs as. */
  readonly uid?: number;
}

/** How a start ended that came to nothing. */
export interface RefusedStart {
  readonly code: number | null;
  readonly stderr: string;
}

/** The compiled server as a process of its own, as `npm start` runs it. `npm test` compiles it first. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    /** Everything written to standard output so far. */
    readonly output: () => string,
    /** Everything written to standard error so far. */
    readonly errors: () => string,
    readonly tenantUrl: string,
    /** The token shown at the start; empty where none was made. */
    readonly token: string,
  ) {}

  /** Starts the server on a free port and waits until it has said where it is. @throws where it refuses to start. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const { child, output, errors } = run(options);
    const exited = once(child, 'exit').then(([code]) => {
      throw new Error(`The server did not start (exit code ${String(code)}): ${errors()}`);
    });
    const shown = waitFor(child, output, /Tenant URL\s+(\S+)[\s\S]*Secret token\s+(.*)\n/);
    exited.catch(() => undefined);
    const [, tenantUrl = '', token = ''] = await Promise.race([shown, exited]);
    return new ServerProcess(child, output, errors, tenantUrl, token.includes(' ') ? '' : token);
  }

  /** For starts that are expected to fail. */
  static async refused(options: ServerOptions): Promise<RefusedStart> {
    const { child, errors } = run(options);
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, stderr: errors() };
  }

  get origin(): string {
    return new URL(this.tenantUrl).origin;
  }

  /** Of the operating system. */
  get pid(): number {
    return this.child.pid as number;
  }

  /** Like pulling the plug on the process: nothing of it runs any more when this resolves. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Asks the process to drain and end. @returns its exit code. */
  async stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exited = once(this.child, 'exit') as Promise<[number | null]>;
    this.child.kill(signal);
    const [code] = await exited;
    return code;
  }
}

/** A folder for one test's data. */
export function dataDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'scim-ledger-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

function run({ directory, environment = {}, args = [], uid }: ServerOptions) {
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], DATA_DIR: directory, PORT: '0', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid }),
  });
  return { child, output: collect(child, 'stdout'), errors: collect(child, 'stderr') };
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[stream]?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}

function waitFor(child: ChildProcess, output: () => string, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve) => {
    const look = () => {
      const match = pattern.exec(output());
      if (match) resolve(match);
    };
    child.stdout?.on('data', look);
  });
}
