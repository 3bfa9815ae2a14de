import { LoopbackLog } from './loopback-log.js';
import { LoopbackServer } from './loopback-server.js';

/** Nodes over one log, one of which leads. Replication is instant, an election too. */
export class LoopbackCluster {
  readonly nodes: readonly LoopbackServer[];
  #leader: LoopbackServer;

  private constructor(nodes: readonly LoopbackServer[], leader: LoopbackServer) {
    this.nodes = nodes;
    this.#leader = leader;
  }

  static async start(size = 3): Promise<LoopbackCluster> {
    const log = new LoopbackLog();
    const nodes: LoopbackServer[] = [];
    // The nodes ask for the leader when they are called, by when it is there.
    const membership = { leader: () => cluster.leader, members: () => cluster.nodes };
    for (let node = 0; node < size; node++) nodes.push(await LoopbackServer.start({ log, cluster: membership }));
    const cluster = new LoopbackCluster(nodes, nodes[0] as LoopbackServer);
    return cluster;
  }

  get leader(): LoopbackServer {
    return this.#leader;
  }

  get followers(): readonly LoopbackServer[] {
    return this.nodes.filter((node) => node !== this.#leader);
  }

  elect(leader: LoopbackServer): void {
    this.#leader = leader;
  }

  /** All nodes as seeds of gossip. */
  connectionString(options = ''): string {
    const hosts = this.nodes.map(({ endPoint }) => `${endPoint.host}:${endPoint.port}`).join(',');
    return `esdb://${hosts}?tls=false${options && `&${options}`}`;
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }
}
