import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { composeFile, type ComposeService, interpolated } from './compose-file.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const patience = 60_000;
/** How a process says where it listens. */
const announcement = / at (http:\/\/[\w.[\]:]+)/;

export interface ComposeProcessOptions {
  /** Name of a service of docker-compose.yml. */
  readonly service: string;
  /** What the file takes from `.env`. */
  readonly variables: Readonly<Record<string, string>>;
  /** In place of the addresses within the file's network; each has to be set there. */
  readonly addresses: Readonly<Record<string, string>>;
  /** What an operator sets besides. */
  readonly added?: Readonly<Record<string, string>>;
  /** A script that the process loads before its own. */
  readonly preloaded?: URL;
}

/** What a service of docker-compose.yml runs, with its environment, as a plain process on a port of its own. */
export class ComposeProcess {
  #output = '';
  readonly #closed: Promise<unknown>;

  private constructor(
    readonly name: string,
    private readonly child: ChildProcess,
    private readonly service: ComposeService,
    private readonly environment: NodeJS.ProcessEnv,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text));
    }
    this.#closed = once(child, 'close');
  }

  static launch({ service: name, variables, addresses, added, preloaded }: ComposeProcessOptions): ComposeProcess {
    const service = composeFile().services[name];
    if (!service?.command) throw new Error(`docker-compose.yml has no service ${name} with a command`);
    const { command, environment = {} } = service;
    for (const variable of Object.keys(addresses)) {
      if (!(variable in environment)) throw new Error(`docker-compose.yml does not set ${variable} of ${name}`);
    }
    const filled = Object.fromEntries(
      Object.entries(environment).map(([variable, value]) => [variable, interpolated(value, variables)]),
    );
    const [program, ...args] = command;
    if (program !== 'node') throw new Error(`${name} does not run Node.js`);
    const imports = preloaded ? ['--import', preloaded.href] : [];
    const env = { PATH: process.env['PATH'], LOG_LEVEL: 'warn', ...filled, ...addresses, ...added };
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    const child = spawn(process.execPath, [...imports, ...args], { cwd: root, env, stdio });
    return new ComposeProcess(name, child, service, env);
  }

  /** Everything written to standard output and error so far. */
  get output(): string {
    return this.#output;
  }

  get pid(): number {
    return this.child.pid as number;
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Where it listens. */
  async origin(): Promise<string> {
    await this.until(() => announcement.test(this.#output));
    return announcement.exec(this.#output)?.[1] as string;
  }

  /** Waits until it is as healthy as its image demands. */
  async healthy(): Promise<void> {
    const origin = await this.origin();
    await this.until(async () => {
      const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
      await answer?.body?.cancel();
      return answer?.ok === true;
    });
  }

  /** Runs the health check that the file gives the service, once. */
  async passesHealthCheck(): Promise<boolean> {
    const [kind, program, ...args] = this.service.healthcheck?.test ?? [];
    if (kind !== 'CMD' || program !== 'node') throw new Error(`${this.name} has no health check that runs Node.js`);
    const check = spawn(process.execPath, args, { cwd: root, env: this.environment, stdio: 'ignore' });
    return (await once(check, 'exit'))[0] === 0;
  }

  /** The value of a metric without labels. */
  async metric(name: string, token: string): Promise<number | undefined> {
    const answer = await fetch(`${await this.origin()}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const line = (await answer.text()).split('\n').find((text) => text.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1));
  }

  /** Waits until it has ended by itself and what it had to say is read. @returns its exit code. @throws when the time is up. */
  async ended(): Promise<number | null> {
    const time = pause(patience, undefined, { ref: false }).then(() => {
      throw new Error(`${this.name} does not end:\n${this.#output}`);
    });
    await Promise.race([this.#closed, time]);
    return this.child.exitCode;
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Like pulling the plug on the process. */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Asks it to drain and end. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** @throws where the process ends meanwhile, or the time is up. */
  async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    for (const began = performance.now(); !(await holds()); await pause(20)) {
      if (this.hasEnded) throw new Error(`${this.name} has ended:\n${this.#output}`);
      if (performance.now() - began > patience) throw new Error(`${this.name} does not come to it:\n${this.#output}`);
    }
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.hasEnded) return;
    const exited = once(this.child, 'exit');
    this.child.kill(signal);
    // A process that was stopped hears of nothing but this.
    this.child.kill('SIGCONT');
    await exited;
  }
}
