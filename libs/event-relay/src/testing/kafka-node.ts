import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KafkaNodeOptions {
  readonly classPath: string;
  /** Keeps what the node stores, and its settings; made where it is missing. */
  readonly folder: string;
  readonly id: number;
  readonly port: number;
  /** Where clients are told to find the node; default: its own port. */
  readonly advertisedPort?: number;
  readonly controllerPort: number;
  /** All nodes' controllers, as `<id>@<host>:<port>`. */
  readonly voters: readonly string[];
  /** Further arguments of the storage's making, e.g. users. */
  readonly formatArguments?: readonly string[];
  /** Whether its speed matters. */
  readonly isMeasured?: boolean;
  /** Further settings of the broker, by Kafka's names. */
  readonly config?: Readonly<Record<string, string>>;
}

/** Any 16 bytes; all nodes of a cluster have the same. */
const clusterId = 'c2NpbS1sZWRnZXItdGVzdA';

/** Starts quickly and stays small; what a broker of a test does is not worth compiling well. */
const quickStart = ['-Xmx320m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
/** For measurements. */
const fullSpeed = ['-Xmx1g', '-XX:+UseSerialGC'];

/** One Apache Kafka process that is broker and controller (KRaft). */
export class KafkaNode {
  readonly #options: KafkaNodeOptions;
  readonly #settings: string;
  #process: ChildProcess | undefined;

  constructor(options: KafkaNodeOptions) {
    this.#options = options;
    this.#settings = join(options.folder, 'server.properties');
    mkdirSync(options.folder, { recursive: true });
    writeFileSync(this.#settings, this.#properties());
    const own = options.formatArguments ?? [];
    const format = ['kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', this.#settings, ...own];
    const { status, stderr } = spawnSync('java', [...quickStart, '-cp', options.classPath, ...format]);
    if (status !== 0) throw new Error(`Kafka's storage cannot be made: ${String(stderr)}`);
  }

  /** Clients find it a moment later. */
  start(): void {
    const { classPath, isMeasured } = this.#options;
    this.#process = spawn(
      'java',
      [...(isMeasured ? fullSpeed : quickStart), '-cp', classPath, 'kafka.Kafka', this.#settings],
      {
        stdio: 'ignore',
      },
    );
  }

  /** Whether it ended without being killed. */
  get hasDied(): boolean {
    return this.#process?.exitCode != null;
  }

  /** As by a power failure; what it has stored stays. */
  async kill(): Promise<void> {
    const node = this.#process;
    this.#process = undefined;
    if (!node || node.exitCode !== null || node.signalCode !== null) return;
    const ended = once(node, 'exit');
    node.kill('SIGKILL');
    await ended;
  }

  #properties(): string {
    const { id, port, advertisedPort = port, controllerPort, voters, folder, config } = this.#options;
    const replicas = String(Math.min(3, voters.length));
    const properties: Record<string, string> = {
      'process.roles': 'broker,controller',
      'node.id': String(id),
      'controller.quorum.voters': voters.join(','),
      'controller.listener.names': 'CONTROLLER',
      listeners: `CLIENTS://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
      'advertised.listeners': `CLIENTS://127.0.0.1:${advertisedPort}`,
      'listener.security.protocol.map': 'CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'inter.broker.listener.name': 'CLIENTS',
      'log.dirs': join(folder, 'data'),
      'auto.create.topics.enable': 'false',
      'offsets.topic.num.partitions': '1',
      'offsets.topic.replication.factor': replicas,
      'transaction.state.log.replication.factor': replicas,
      'transaction.state.log.min.isr': '1',
      'group.initial.rebalance.delay.ms': '0',
      // A dead broker is given up after this; the default is three times as long.
      'broker.session.timeout.ms': '3000',
      'broker.heartbeat.interval.ms': '500',
      ...config,
    };
    return Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  }
}
