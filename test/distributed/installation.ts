import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { KurrentEventStoreOptions } from '#event-store-kurrent';
import { freshLog, LoopbackServer, realServer } from '#event-store-kurrent/testing';
import { TemporaryDatabase } from '#projections-postgres/testing';
import { ComposeProcess } from '../support/compose-process.js';
import { ScimClient } from '../support/scim-client.js';

export interface InstallationOptions {
  /** How many projectors; default 1. */
  readonly projectors?: number;
  /** `host:port`; left out, nothing is published. */
  readonly kafkaBrokers?: string;
  /** Address of another PostgreSQL server than the one all tests share. */
  readonly databaseServer?: string;
  /** Whether SIGUSR2 makes a process's wall clock jump. */
  readonly clocksJump?: boolean;
}

const ingresses = ['scim-ingress-1', 'scim-ingress-2'];
const projectors = ['projector', 'projector-standby'];

/**
 * What docker-compose.yml starts, as plain processes: two ingress nodes and projectors, on a real PostgreSQL and on a
 * loopback server that speaks EventStoreDB's protocol, or the real server that TEST_EVENTSTORE_URL names.
 */
export class Installation {
  readonly token = randomBytes(32).toString('base64url');
  readonly adminToken = randomBytes(32).toString('base64url');
  readonly #variables = {
    NAME_SECRET: randomBytes(32).toString('hex'),
    SCIM_BEARER_TOKEN: this.token,
    ADMIN_TOKEN: this.adminToken,
    POSTGRES_PASSWORD: 'unused',
    PUBLIC_URL: 'https://scim.example.test',
  };
  readonly #processes: ComposeProcess[] = [];
  readonly #clients: ScimClient[] = [];

  private constructor(
    private readonly loopback: LoopbackServer | undefined,
    /** Where the installation's log is. */
    readonly log: KurrentEventStoreOptions,
    readonly database: TemporaryDatabase,
    private readonly options: InstallationOptions,
  ) {}

  static async start(options: InstallationOptions = {}): Promise<Installation> {
    const { projectors: count = 1, databaseServer } = options;
    const loopback = realServer === undefined ? await LoopbackServer.start() : undefined;
    const log = loopback
      ? { connectionString: loopback.connectionString() }
      : freshLog({ connectionString: realServer as string });
    const database = await TemporaryDatabase.create(databaseServer);
    const installation = new Installation(loopback, log, database, options);
    await Promise.all(projectors.slice(0, count).map((name) => installation.launch(name).healthy()));
    await Promise.all(ingresses.map((name) => installation.launch(name).healthy()));
    return installation;
  }

  /** @param added to its environment, e.g. what makes it another release. */
  launch(service: string, added: Readonly<Record<string, string>> = {}): ComposeProcess {
    const { kafkaBrokers = '', clocksJump = false } = this.options;
    const process = ComposeProcess.launch({
      service,
      variables: this.#variables,
      addresses: {
        PORT: '0',
        HOST: '127.0.0.1',
        EVENTSTORE_URL: this.log.connectionString,
        EVENTSTORE_NAMESPACE: this.log.namespace ?? '',
        DATABASE_URL: this.database.url,
        ...(projectors.includes(service) && { KAFKA_BROKERS: kafkaBrokers }),
      },
      added,
      ...(clocksJump && { preloaded: new URL('jumping-clock.ts', import.meta.url) }),
    });
    this.#processes.push(process);
    return process;
  }

  /** The stand-in that can be made to fail. @throws where a real server is in its place. */
  get eventStore(): LoopbackServer {
    if (!this.loopback) throw new Error('A real server cannot be made to fail on demand');
    return this.loopback;
  }

  /** The process that was last launched for a service. */
  process(service: string): ComposeProcess {
    const process = this.#processes.findLast(({ name }) => name === service);
    if (!process) throw new Error(`${service} was not launched`);
    return process;
  }

  /** The projector that leads. @param others those that are not asked, e.g. because they are paused. */
  async leader(others: readonly ComposeProcess[] = []): Promise<ComposeProcess> {
    const began = performance.now();
    for (;;) {
      for (const process of this.#running(projectors)) {
        if (others.includes(process)) continue;
        if ((await process.metric('projector_leading', this.adminToken)) === 1) return process;
      }
      if (performance.now() - began > 20_000) throw new Error('No projector leads');
      await pause(20);
    }
  }

  /** Starts again whatever has ended. */
  async restore(): Promise<void> {
    const services = new Set(this.#processes.map(({ name }) => name));
    const ended = [...services].filter((name) => this.process(name).hasEnded);
    await Promise.all(ended.map((name) => this.launch(name).healthy()));
  }

  /** The default tenant's, on each ingress node. */
  tenantUrls(): Promise<readonly string[]> {
    return Promise.all(ingresses.map(async (name) => `${await this.process(name).origin()}/tenants/default/scim/v2`));
  }

  /** A client of each ingress node. */
  async clients(): Promise<[ScimClient, ScimClient]> {
    const opened = (await this.tenantUrls()).map((url) => new ScimClient(url, this.token, 64));
    this.#clients.push(...opened);
    return opened as [ScimClient, ScimClient];
  }

  #running(services: readonly string[]): ComposeProcess[] {
    return this.#processes.filter(({ name, hasEnded }) => services.includes(name) && !hasEnded);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    await Promise.all(this.#processes.map((process) => process.stop()));
    await this.loopback?.stop();
    await this.database.drop();
  }
}
