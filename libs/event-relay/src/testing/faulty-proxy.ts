import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { FrameSplitter } from './frame-splitter.js';

/** What becomes of the answer to a produce request; the broker has done what was asked by then. */
export type ProduceFault =
  /** The connection breaks before the answer. */
  | 'cut'
  /** The answer never comes. */
  | 'swallow'
  /** The answer says that the first partition refused its batch, by an error the client does not try again after. */
  | { readonly errorCode: number };

/** A produce request that has not reached the broker yet. */
export interface HeldRequest {
  /** Lets it go on. Resolves when the broker has done what was asked. */
  release(): Promise<void>;
}

/** Kafka's numbers of requests. */
export const produceRequest = 0;
export const initProducerIdRequest = 22;
/** Kafka's error of who may not write anything. */
const clusterAuthorizationFailed = 31;

/** Stands between clients and one broker, holds requests up, and loses or alters answers on the way. */
export class FaultyProxy {
  /** Whether producers are given no ids. */
  refusesProducerIds = false;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #clients = new Set<Socket>();
  readonly #faults: ProduceFault[] = [];
  readonly #requests = new Map<number, number>();
  readonly #holds: { readonly text: string; readonly isHere: (request: HeldRequest) => void }[] = [];

  private constructor(targetPort: number) {
    this.#server = createServer((client) => this.#connect(client, targetPort));
  }

  static async start(port: number, targetPort: number): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(targetPort);
    proxy.#server.listen(port, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The next produce requests end so, one each. */
  failNext(...faults: readonly ProduceFault[]): void {
    this.#faults.push(...faults);
  }

  /** The next produce request that contains the text stays here until it is released; no other connection waits for it. */
  hold(text: string): Promise<HeldRequest> {
    const { promise, resolve: isHere } = Promise.withResolvers<HeldRequest>();
    this.#holds.push({ text, isHere });
    return promise;
  }

  /** How many faults have not happened yet. */
  get pendingFaults(): number {
    return this.#faults.length;
  }

  /** How many connections clients hold open. */
  get connections(): number {
    return this.#clients.size;
  }

  /** How many requests of the kind have come by. */
  count(request: number): number {
    return this.#requests.get(request) ?? 0;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server.close(), 'close');
  }

  #connect(client: Socket, targetPort: number): void {
    const broker = connect(targetPort, '127.0.0.1');
    const faults = new Map<number, ProduceFault>();
    const refusals = new Set<number>();
    const answered = new Map<number, () => void>();
    this.#clients.add(client);
    client.on('close', () => this.#clients.delete(client));
    const requests = new FrameSplitter();
    const answers = new FrameSplitter();
    for (const [socket, other] of [
      [client, broker],
      [broker, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (chunk) => {
      for (const frame of requests.take(chunk)) {
        const kind = frame.readInt16BE(4);
        const id = frame.readInt32BE(8);
        this.#requests.set(kind, this.count(kind) + 1);
        const fault = kind === produceRequest ? this.#faults.shift() : undefined;
        if (fault) faults.set(id, fault);
        if (kind === initProducerIdRequest && this.refusesProducerIds) refusals.add(id);
        const held = kind === produceRequest ? this.#holds.findIndex(({ text }) => frame.includes(text)) : -1;
        if (held === -1) broker.write(frame);
        else {
          const { promise, resolve } = Promise.withResolvers<void>();
          answered.set(id, resolve);
          const release = () => {
            broker.write(frame);
            return promise;
          };
          this.#holds.splice(held, 1)[0]?.isHere({ release });
        }
      }
    });
    broker.on('data', (chunk) => {
      for (const frame of answers.take(chunk)) {
        const id = frame.readInt32BE(4);
        const fault = faults.get(id);
        answered.get(id)?.();
        // After length and correlation id: how long the client is to wait; then the error.
        if (refusals.has(id)) frame.writeInt16BE(clusterAuthorizationFailed, 12);
        if (fault === 'cut') client.destroy();
        else if (typeof fault === 'object') client.write(withError(frame, fault.errorCode));
        else if (fault === undefined) client.write(frame);
      }
    });
  }
}

/** After length and correlation id: topics, of the first its name, its partitions, of the first its number; then the error. */
function withError(answer: Buffer, code: number): Buffer {
  const nameLength = answer.readInt16BE(12);
  const altered = Buffer.from(answer);
  altered.writeInt16BE(code, 14 + nameLength + 4 + 4);
  return altered;
}
