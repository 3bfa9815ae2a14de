import { Connection } from '../../../apps/benchmark/src/load/connection.js';
import type { Answer } from '../../../apps/benchmark/src/load/exchange.js';
import { LatencyHistogram } from '../../../apps/benchmark/src/load/latency-histogram.js';
import { createdUser, foundUser } from '../../../apps/benchmark/src/scim/entra-exchanges.js';
import { userName } from '../../../apps/benchmark/src/scim/sample-resources.js';
import { get, idIn } from '../../../apps/benchmark/src/scim/scim-requests.js';
import { quantileOf, waitsBetween, waitsOf } from './wait-histogram.js';
import type { TwoNodes } from './two-nodes.js';

export interface ReadingFigures {
  readonly posts: LatencyHistogram;
  /** What the nodes say that their answers waited for the view, at the median and at p99, milliseconds. */
  readonly wait: number;
  readonly waitP99: number;
  readonly reads: number;
  /** Reads that did not show what had been answered before them. */
  readonly stale: number;
}

/**
 * Clients that create a user on one node and read it on the other one as soon as that is answered, by its id and by its name;
 * every second client has the nodes the other way round.
 *
 * @param firstUser a number that no user on these nodes has, nor any after it.
 */
export async function readOnTheOtherNode(
  { ports, ingresses }: TwoNodes,
  { clients, seconds, firstUser }: { readonly clients: number; readonly seconds: number; readonly firstUser: number },
): Promise<ReadingFigures> {
  const before = await waitsOf(ingresses);
  const posts = new LatencyHistogram();
  const deadline = performance.now() + seconds * 1_000;
  let [user, reads, stale] = [firstUser, 0, 0];

  const client = async (number: number): Promise<void> => {
    const [here, there] = await Promise.all(
      [0, 1].map((node) => Connection.open(ports[(number + node) % 2] as number)),
    );
    while (here && there && performance.now() < deadline) {
      const created = user++;
      const began = performance.now();
      const answer = await here.exchange(createdUser(created));
      posts.record(performance.now() - began);
      const id = idIn(answer.body);
      for (const read of [{ request: get(`/Users/${id}`), shows: id }, foundUser(userName(created))]) {
        reads++;
        if (!shown(await ask(there, read.request), read.shows ?? '')) stale++;
      }
    }
    here?.close();
    there?.close();
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  const waits = waitsBetween(before, await waitsOf(ingresses));
  return { posts, wait: quantileOf(waits, 0.5), waitP99: quantileOf(waits, 0.99), reads, stale };
}

function ask(connection: Connection, request: Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => connection.send(request, resolve, reject));
}

function shown({ status, body }: Answer, text: string): boolean {
  return status === 200 && body.includes(text);
}
