import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeWithProgram, freePorts } from '#event-relay/testing';
import { NameServer } from './name-server.js';
import { nginxProgram } from './nginx-program.js';
import { ProxiedNode } from './proxied-node.js';
import { ProxyProcess } from './proxy-process.js';

const nginx = nginxProgram();
const needed = {
  name: 'nginx',
  missing: 'missing' in nginx ? nginx.missing : undefined,
  requiredBy: 'REQUIRE_NGINX',
} as const;
const patience = 20_000;
const [first, second, third] = ['127.0.0.2', '127.0.0.3', '127.0.0.4'] as const;

describeWithProgram(needed, 'the proxy of docker-compose.yml', () => {
  let names: NameServer;
  let port: number;
  let proxy: ProxyProcess | undefined;
  const nodes: ProxiedNode[] = [];

  beforeEach(async () => {
    names = await NameServer.start();
    [port = 0] = await freePorts(1);
  });
  afterEach(async () => {
    await proxy?.stop();
    proxy = undefined;
    await Promise.all(nodes.splice(0).map((node) => node.stop()));
    await names.stop();
  });

  async function startProxy(): Promise<void> {
    const { program } = nginx as { readonly program: string };
    proxy = await ProxyProcess.start({ program, nameServer: names.address, nodePort: port });
  }

  /** Starts a node at an address, by which its name is known from now on. */
  async function startNode(number: 1 | 2, address: string): Promise<ProxiedNode> {
    const node = await ProxiedNode.start(address, port);
    nodes.push(node);
    names.addresses.set(`scim-ingress-${number}`, address);
    return node;
  }

  async function send(method: string): Promise<{ readonly status: number; readonly node: string | null }> {
    const body = method === 'GET' || method === 'DELETE' ? {} : { body: '{}' };
    const { status, headers } = await fetch(`${proxy?.origin}/`, { method, ...body });
    return { status, node: headers.get('x-node') };
  }

  /** Sends until the node has answered. @returns the statuses meanwhile. */
  async function untilServedBy(address: string): Promise<ReadonlySet<number>> {
    const statuses = new Set<number>();
    for (const began = performance.now(); performance.now() - began < patience;) {
      const { status, node } = await send('GET');
      statuses.add(status);
      if (node === address) return statuses;
    }
    throw new Error(`${address} is sent nothing`);
  }

  async function startAll(): Promise<readonly [ProxiedNode, ProxiedNode]> {
    const started = [await startNode(1, first), await startNode(2, second)] as const;
    await startProxy();
    for (const { address } of started) await untilServedBy(address);
    return started;
  }

  it('starts before any node is there, and finds them when they are', async () => {
    await startProxy();
    expect((await send('GET')).status).toBe(502);
    await startNode(1, first);
    await startNode(2, second);
    for (const address of [first, second]) await untilServedBy(address);
  });

  it('finds a node that is started again at another address, and sends everything to the other one until then', async () => {
    const [node] = await startAll();
    await node.stop();
    nodes.splice(nodes.indexOf(node), 1);
    expect(await send('POST')).toEqual({ status: 200, node: second });
    await startNode(1, third);
    expect(await untilServedBy(third)).toEqual(new Set([200]));
  });

  it.each(['GET', 'PUT', 'DELETE'])('asks the other node where the connection of a %s breaks', async (method) => {
    const [node] = await startAll();
    node.breaks = true;
    const before = node.requests.length;
    while (node.requests.length === before) expect(await send(method)).toEqual({ status: 200, node: second });
  });

  it.each(['POST', 'PATCH'])(
    'sends no %s a second time whose connection broke, and says that it does not know',
    async (method) => {
      const started = await startAll();
      for (const node of started) node.breaks = true;
      const counts = () => started.map(({ requests }) => requests.filter((sent) => sent === method).length);
      expect((await send(method)).status).toBe(502);
      expect(counts().sort()).toEqual([0, 1]);
    },
  );
});
