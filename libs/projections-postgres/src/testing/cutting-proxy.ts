import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** A way to the database that ends, or falls silent, at a bad moment: what the network and failing servers do. */
export class CuttingProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #fault: { readonly at: string; readonly when: 'before' | 'after' | 'never'; readonly met?: () => void } | undefined;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async to(database: string): Promise<CuttingProxy> {
    const { hostname, port } = new URL(database);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = new URL(database);
    url.port = String((server.address() as AddressInfo).port);
    const proxy = new CuttingProxy(server, url.href);
    server.on('connection', (client) => proxy.#pass(client, connect(Number(port), hostname)));
    return proxy;
  }

  /**
   * The next message with this text is not delivered (`before`), or it is, and its answer is not (`after`). The connection
   * ends either way.
   */
  cutOnce(when: 'before' | 'after', at: string): void {
    this.#fault = { when, at };
  }

  /** Nothing is answered any more on the connection on which the next message with this text comes. @returns when that is. */
  silenceOnce(at: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#fault = { when: 'never', at, met: resolve };
    return promise;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(client: Socket, database: Socket): void {
    let isCut = false;
    let isSilent = false;
    const end = () => {
      // Of a server that has fallen silent nobody hears that it has ended the connection.
      if (!isSilent) client.destroy();
      database.destroy();
    };
    for (const socket of [client, database]) {
      this.#sockets.add(socket);
      socket.on('error', end);
      socket.on('close', end);
    }
    client.on('data', (message) => {
      const fault = this.#fault;
      if (fault && message.includes(fault.at)) {
        this.#fault = undefined;
        fault.met?.();
        if (fault.when === 'before') return end();
        isCut = fault.when === 'after';
        isSilent = fault.when === 'never';
      }
      database.write(message);
    });
    database.on('data', (answer) => {
      if (isCut) end();
      else if (!isSilent) client.write(answer);
    });
  }
}
