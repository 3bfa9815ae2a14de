import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '#event-relay/testing';

const configuration = readFileSync(new URL('../../deploy/proxy.conf', import.meta.url), 'utf8');
const patience = 20_000;

export interface ProxyOptions {
  readonly program: string;
  /** `host:port` in place of Docker's. */
  readonly nameServer: string;
  /** Where nodes listen, in place of 3000. */
  readonly nodePort: number;
}

/** Nginx with deploy/proxy.conf, but for addresses of a test's own. */
export class ProxyProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly origin: string,
  ) {}

  static async start({ program, nameServer, nodePort }: ProxyOptions): Promise<ProxyProcess> {
    const [port = 0] = await freePorts(1);
    const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
    const replaced = configuration
      .replace('127.0.0.11', nameServer)
      .replaceAll(':3000', `:${nodePort}`)
      .replace('listen 8080', `listen 127.0.0.1:${port}`);
    // What the image's own file says around it, in one process and one folder.
    const around = `daemon off; master_process off; pid nginx.pid; error_log stderr crit; events {} http { access_log off; `;
    writeFileSync(join(folder, 'nginx.conf'), `${around}${replaced}}\n`);
    const child = spawn(program, ['-p', `${folder}/`, '-c', 'nginx.conf', '-e', 'stderr'], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const proxy = new ProxyProcess(child, folder, `http://127.0.0.1:${port}`);
    await proxy.#listening(port);
    return proxy;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #listening(port: number): Promise<void> {
    for (const began = performance.now(); !(await isOpen(port)); await pause(20)) {
      const isOver = this.child.exitCode !== null || performance.now() - began > patience;
      if (!isOver) continue;
      await this.stop();
      throw new Error('Nginx did not start; see above.');
    }
  }
}

function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).then((open) => {
    socket.destroy();
    return open as boolean;
  });
}
