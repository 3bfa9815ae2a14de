import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.js';
import type { Exchange } from './exchange.js';
import { LatencyHistogram } from './latency-histogram.js';

export interface PacedLoadOptions {
  readonly port: number;
  readonly perSecond: number;
  readonly seconds: number;
  readonly next: () => Exchange;
}

/**
 * Sends requests at a fixed pace, whether or not earlier ones are answered. Latency counts from when a request was due,
 * so that a server that stands still is charged for everybody who had to wait.
 *
 * @throws UnexpectedAnswer at the first status that is not the expected one.
 */
export async function runPacedLoad({ port, perSecond, seconds, next }: PacedLoadOptions): Promise<LatencyHistogram> {
  const latency = new LatencyHistogram();
  const idle: Connection[] = [];
  const all: Connection[] = [];
  let failure: Error | undefined;
  const start = performance.now();

  const request = async (due: number): Promise<void> => {
    let connection = idle.pop();
    if (!connection) all.push((connection = await Connection.open(port)));
    await connection.exchange(next());
    latency.record(performance.now() - due);
    idle.push(connection);
  };

  const underWay: Promise<void>[] = [];
  try {
    for (let number = 0; number < perSecond * seconds; number++) {
      const due = start + (number * 1000) / perSecond;
      await sleep(Math.max(0, due - performance.now()));
      underWay.push(request(due).catch((error: Error) => void (failure ??= error)));
    }
    await Promise.all(underWay);
    if (failure) throw failure;
  } finally {
    for (const connection of all) connection.close();
  }
  return latency;
}
