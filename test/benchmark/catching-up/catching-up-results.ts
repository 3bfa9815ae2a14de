import { median } from '../../../apps/benchmark/src/comparison/median.js';
import type { Engines } from '../engines/engines.js';
import type { SeededLog } from '../engines/seeded-log.js';
import type { Measured } from '../report/result.js';
import { TurnProcess } from '../turns/turn-process.js';
import type { CatchUpFigures } from './catch-up.js';

/** What catches up with a log, and what is held against it. */
interface Race {
  readonly title: string;
  readonly product: URL;
  readonly bare: URL;
  /** Arguments of both. */
  readonly args: readonly string[];
  /** How many events count. */
  readonly events: number;
  /** Least events per second. */
  readonly limit: number;
  readonly note: string;
}

export function relayCatchesUp(log: SeededLog, { kafka }: Engines, repetitions: number): Promise<Measured> {
  return race(
    {
      title: 'the relay catches up at',
      product: new URL('relay-turns.ts', import.meta.url),
      bare: new URL('bare-producer-turns.ts', import.meta.url),
      args: [log.url, kafka.bootstrap],
      events: log.published,
      limit: 20_000,
      note: `${log.published} published events, two messages or more each; the log's other ${log.events - log.published} do not count`,
    },
    repetitions,
  );
}

export function viewCatchesUp(log: SeededLog, repetitions: number): Promise<Measured> {
  return race(
    {
      title: 'an empty view catches up at',
      product: new URL('view-turns.ts', import.meta.url),
      bare: new URL('bare-insert-turns.ts', import.meta.url),
      args: [log.url],
      events: log.published,
      limit: 10_000,
      note: `${log.published} events that have a part in it; the log's other ${log.events - log.published}, claims of names, do not count`,
    },
    repetitions,
  );
}

/** In turns, each in a process that has done it once before it counts. */
async function race({ title, product, bare, args, events, limit, note }: Race, repetitions: number): Promise<Measured> {
  await using processes = new AsyncDisposableStack();
  const start = async (script: URL) => {
    const { process } = await TurnProcess.start<object, CatchUpFigures>(script, args);
    processes.defer(() => process.stop());
    return process;
  };
  const [subject, reference] = [await start(product), await start(bare)];
  const [subjects, references]: [CatchUpFigures[], CatchUpFigures[]] = [[], []];
  for (let turn = 0; turn <= repetitions; turn++) {
    const [one, other] = [await subject.turn(), await reference.turn()];
    if (turn === 0) continue;
    subjects.push(one);
    references.push(other);
  }
  const rates = subjects.map(({ seconds }) => events / seconds);
  const [ownThread, bareThread] = [subjects, references].map((figures) =>
    Math.round(median(figures.map(({ threadSeconds }) => events / threadSeconds))),
  );
  return {
    title,
    value: median(rates),
    unit: 'events/s',
    limit,
    isLeast: true,
    bare: median(references.map(({ seconds }) => events / seconds)),
    ratio: median(subjects.map(({ seconds }, turn) => (references[turn]?.seconds ?? 0) / seconds)),
    note:
      `${note}; ${Math.round(Math.min(...rates))} to ${Math.round(Math.max(...rates))}; ` +
      `by the time of the thread alone ${ownThread}, bare ${bareThread}`,
  };
}
