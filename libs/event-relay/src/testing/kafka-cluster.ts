import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { KafkaConfig } from 'kafkajs';
import { brokersKnownTo } from './brokers-known-to.js';
import { freePorts } from './free-ports.js';
import { kafkaDistribution } from './kafka-distribution.js';
import { KafkaNode } from './kafka-node.js';

export interface KafkaClusterOptions {
  /** How many brokers; default 1. */
  readonly nodes?: number;
  /** Where clients are told to find the brokers, e.g. proxies of a test; default: where they are. */
  readonly advertisedPorts?: readonly number[];
  readonly ports?: readonly number[];
  /** Further settings of the brokers, by Kafka's names. */
  readonly config?: Readonly<Record<string, string>>;
  readonly formatArguments?: readonly string[];
  /** Whether the brokers' speed matters. */
  readonly isMeasured?: boolean;
  /** How a client gets in, where not everybody may. */
  readonly client?: Pick<KafkaConfig, 'ssl' | 'sasl'>;
}

/** Brokers of Apache Kafka on this machine, for as long as a test takes. */
export class KafkaCluster {
  private constructor(
    readonly nodes: readonly KafkaNode[],
    /** Where the brokers listen, `host:port` each. */
    readonly brokers: readonly string[],
    private readonly advertised: readonly string[],
    private readonly folder: string,
    private readonly client: KafkaClusterOptions['client'],
  ) {}

  /** @throws where Apache Kafka cannot be had; ask `kafkaDistribution` before. */
  static async start(options: KafkaClusterOptions = {}): Promise<KafkaCluster> {
    const distribution = kafkaDistribution();
    if ('missing' in distribution) throw new Error(`Apache Kafka cannot be started: ${distribution.missing}`);
    const count = options.nodes ?? 1;
    const ports = options.ports ?? (await freePorts(count));
    const controllerPorts = await freePorts(count);
    const folder = mkdtempSync(join(tmpdir(), 'kafka-'));
    const nodes = ports.map((port, index) => {
      return new KafkaNode({
        classPath: distribution.classPath,
        folder: join(folder, String(index + 1)),
        id: index + 1,
        port,
        advertisedPort: options.advertisedPorts?.[index] ?? port,
        controllerPort: controllerPorts[index] as number,
        voters: controllerPorts.map((controllerPort, voter) => `${voter + 1}@127.0.0.1:${controllerPort}`),
        isMeasured: options.isMeasured ?? false,
        ...(options.config && { config: options.config }),
        ...(options.formatArguments && { formatArguments: options.formatArguments }),
      });
    });
    const address = (port: number) => `127.0.0.1:${port}`;
    const advertised = (options.advertisedPorts ?? ports).map(address);
    const cluster = new KafkaCluster(nodes, ports.map(address), advertised, folder, options.client);
    for (const node of nodes) node.start();
    await cluster.untilReady();
    return cluster;
  }

  /** As `start`, for tests that can do without: undefined where Apache Kafka cannot be had. */
  static async startIfAvailable(options: KafkaClusterOptions = {}): Promise<KafkaCluster | undefined> {
    return 'missing' in kafkaDistribution() ? undefined : KafkaCluster.start(options);
  }

  /** Where clients begin: one of the brokers that are up will answer. */
  get bootstrap(): string {
    return this.advertised.join(',');
  }

  /** Resolves once every broker knows of all others. */
  async untilReady(): Promise<void> {
    const deadline = performance.now() + 60_000;
    const waiting = new Set(this.advertised);
    while (performance.now() < deadline && !this.nodes.some(({ hasDied }) => hasDied)) {
      for (const broker of waiting)
        if ((await brokersKnownTo(broker, this.client)) === this.nodes.length) waiting.delete(broker);
      if (waiting.size === 0) return;
      await pause(100);
    }
    await this.stop();
    throw new Error('Apache Kafka did not start');
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
