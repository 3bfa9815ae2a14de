import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** Stands in for an ingress node, of which the proxy sees no more than HTTP. */
export class ProxiedNode {
  /** Methods of the requests that it was sent. */
  readonly requests: string[] = [];
  /** Whether connections break before requests are answered. */
  breaks = false;

  private constructor(
    readonly address: string,
    private readonly server: Server,
  ) {
    server.on('request', (request, response) => {
      this.requests.push(request.method ?? '');
      if (this.breaks) request.socket.destroy();
      else response.setHeader('x-node', address).end();
    });
  }

  static async start(address: string, port: number): Promise<ProxiedNode> {
    const server = createServer().listen(port, address);
    await once(server, 'listening');
    return new ProxiedNode(address, server);
  }

  async stop(): Promise<void> {
    const closed = once(this.server.close(), 'close');
    this.server.closeAllConnections();
    await closed;
  }
}
