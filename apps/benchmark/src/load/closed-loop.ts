import { Connection } from './connection.js';
import type { Answer, Exchange, Script, Workload } from './exchange.js';
import { LatencyHistogram } from './latency-histogram.js';
import { UnexpectedAnswer } from './unexpected-answer.js';

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly workload: Workload;
  /** No script begins later than this; without it the load ends when the workload does. */
  readonly seconds?: number;
}

export interface LoadResult {
  /** Requests answered per second. */
  readonly rate: number;
  readonly requests: number;
  readonly latency: LatencyHistogram;
  /** Bytes of an answer's body on the average. */
  readonly answerBytes: number;
  /** Share of one core that this process used; near 1 the generator and not the server was measured. */
  readonly generatorShare: number;
}

/** One answer in so many has its body looked into: enough to notice a wrong one, too seldom to slow the generator down. */
const lookedInto = 64;

/**
 * Keeps every connection busy with one request at a time: the next is sent when the last is answered.
 *
 * @throws UnexpectedAnswer at the first status that is not the expected one, or body that does not show what it should.
 */
export async function runClosedLoop({ port, connections, workload, seconds }: LoadOptions): Promise<LoadResult> {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(port)));
  const tally = { latency: new LatencyHistogram(), bytes: 0 };
  const cpu = process.cpuUsage();
  const start = performance.now();
  const deadline = seconds === undefined ? Infinity : start + seconds * 1000;
  const next: Workload = () => (performance.now() < deadline ? workload() : undefined);
  try {
    await Promise.all(open.map((connection) => drive(connection, next, tally)));
  } finally {
    for (const connection of open) connection.close();
  }
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const { latency, bytes } = tally;
  return {
    rate: (latency.count / elapsed) * 1000,
    requests: latency.count,
    latency,
    answerBytes: latency.count > 0 ? bytes / latency.count : 0,
    generatorShare: (user + system) / 1000 / elapsed,
  };
}

interface Tally {
  readonly latency: LatencyHistogram;
  bytes: number;
}

/** Resolves when there is no script left for this connection. */
function drive(connection: Connection, next: Workload, tally: Tally): Promise<void> {
  return new Promise((resolve, reject) => {
    let script: Script | undefined;
    let current: Exchange;
    let sentAt = 0;

    const send = (exchange: Exchange) => {
      current = exchange;
      sentAt = performance.now();
      connection.send(exchange.request, answered, reject);
    };
    const begin = () => {
      for (script = next(); script; script = next()) {
        const first = script.next();
        if (!first.done) return send(first.value);
      }
      resolve();
    };
    const answered = (answer: Answer) => {
      tally.latency.record(performance.now() - sentAt);
      tally.bytes += answer.body.length;
      const looked = tally.latency.count % lookedInto === 1;
      if (!isExpected(current, answer, looked)) return reject(new UnexpectedAnswer(current, answer));
      const turn = script?.next(answer);
      if (!turn || turn.done) begin();
      else send(turn.value);
    };
    begin();
  });
}

function isExpected({ status, shows }: Exchange, answer: Answer, looked: boolean): boolean {
  return answer.status === status && (!looked || shows === undefined || answer.body.includes(shows));
}
