import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';

const ofAddress = 1;
const header = 12;

/** Stands in for Docker's DNS: answers by the protocol (RFC 1035) which IPv4 address a name has at present. */
export class NameServer {
  readonly addresses = new Map<string, string>();

  private constructor(private readonly socket: Socket) {
    socket.on('message', (query, from) => this.#answer(query, from));
  }

  static async start(): Promise<NameServer> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket);
  }

  /** `host:port` */
  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(resolve));
  }

  #answer(query: Buffer, { port, address: client }: RemoteInfo): void {
    const { name, end } = questionOf(query);
    const address = query.readUInt16BE(end - 4) === ofAddress ? this.addresses.get(name) : undefined;
    const answer = Buffer.concat([query.subarray(0, end), address === undefined ? Buffer.alloc(0) : record(address)]);
    // An answer, by who knows the name and asks others for it; 3: there is no such name.
    answer.writeUInt16BE(0x8180 | (this.addresses.has(name) ? 0 : 3), 2);
    answer.writeUInt16BE(address === undefined ? 0 : 1, 6);
    answer.fill(0, 8, header);
    this.socket.send(answer, port, client);
  }
}

/** @returns where the question ends, behind its type and class. */
function questionOf(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = header;
  for (let length = query[at] as number; length > 0; length = query[at] as number) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), end: at + 5 };
}

/** Of the name that the question is about, for a second. */
function record(address: string): Buffer {
  const fields = [0xc0, header, 0, ofAddress, 0, 1, 0, 0, 0, 1, 0, 4];
  return Buffer.from([...fields, ...address.split('.').map(Number)]);
}
