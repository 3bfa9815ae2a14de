import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import type { ISocketFactoryArgs } from 'kafkajs';

const keepAliveMs = 60_000;

/**
 * The connections of a client of the brokers, which can be ended for good. The client's own way to disconnect waits for
 * answers, and a send that is tried again connects once more after it: its messages could arrive when others publish already.
 */
export class Connections {
  readonly #open = new Set<Socket>();
  #ended = false;

  /** @throws where they have been ended. */
  open({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
    if (this.#ended) throw new Error('This client has ended');
    const address = { host, port };
    // TypeScript's types of the client say that there always are settings of TLS.
    const security = ssl as ISocketFactoryArgs['ssl'] | undefined;
    const socket = security
      ? connectSecurely({ ...address, ...(isIP(host) === 0 && { servername: host }), ...security }, onConnect)
      : connect(address, onConnect);
    socket.setKeepAlive(true, keepAliveMs);
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    return socket;
  }

  /** What waits for answers hears of it at once. */
  end(): void {
    this.#ended = true;
    for (const socket of this.#open) socket.destroy(new Error('This client has ended'));
  }
}
