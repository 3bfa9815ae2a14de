import { once } from 'node:events';
import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/**
 * The wire between clients and a loopback server: a port whose bytes go to another port. Cutting it is what a lost
 * connection looks like to both ends, which no answer of the server itself could imitate.
 */
export class LoopbackWire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #target = 0;

  constructor() {
    this.#server = createServer((client) => this.#join(client));
  }

  /** @param port 0: a free one, which it keeps when it is closed and opened again. */
  async open(port: number, target: number): Promise<number> {
    this.#target = target;
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  /** Every connection breaks off; new ones are taken. */
  cut(): void {
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #join(client: Socket): void {
    const server = connect(this.#target, '127.0.0.1');
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.pipe(other);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }
}
