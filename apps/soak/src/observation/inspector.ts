import { once } from 'node:events';

interface Reply {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** A process that was started with `--inspect`, asked over the Chrome DevTools Protocol. */
export class Inspector {
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #lastId = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => this.#receive(JSON.parse(String(data)) as Reply));
    socket.addEventListener('close', () => this.#fail());
  }

  /** @param url as the process prints it: `ws://127.0.0.1:<port>/<id>`. */
  static async open(url: string): Promise<Inspector> {
    const socket = new WebSocket(url);
    await once(socket, 'open');
    return new Inspector(socket);
  }

  /** Collects all garbage. @returns bytes that V8's heap, and buffers outside it, hold afterwards. */
  async heapAfterCollection(): Promise<number> {
    await this.#ask('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize = 0 } = await this.#ask('Runtime.getHeapUsage');
    return Number(usedSize) + Number(backingStorageSize);
  }

  close(): void {
    this.socket.close();
  }

  async #ask(method: string): Promise<Readonly<Record<string, unknown>>> {
    const id = ++this.#lastId;
    const reply = await new Promise<Reply>((resolve) => {
      this.#waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ id, method }));
    });
    if (!reply.result) throw new Error(`${method} failed: ${reply.error?.message ?? 'no reason given'}`);
    return reply.result;
  }

  #receive(reply: Reply): void {
    if (reply.id === undefined) return;
    this.#waiting.get(reply.id)?.(reply);
    this.#waiting.delete(reply.id);
  }

  #fail(): void {
    for (const resolve of this.#waiting.values()) resolve({ error: { message: 'the process closed the connection' } });
    this.#waiting.clear();
  }
}
