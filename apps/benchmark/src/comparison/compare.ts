import type { LoadResult } from '../load/closed-loop.js';
import { LatencyHistogram } from '../load/latency-histogram.js';
import { median } from './median.js';

/** Measures one of two sides for some seconds. */
export type Measure = (seconds: number) => Promise<LoadResult>;

export interface Repetitions {
  readonly repetitions: number;
  /** Length of each measurement. */
  readonly seconds: number;
  /** Length of a first run of each side that does not count: the compilers of both processes need one. */
  readonly warmUpSeconds: number;
}

export interface Summary {
  /** Median of the repetitions, requests per second. */
  readonly rate: number;
  /** Slowest and fastest repetition, requests per second. */
  readonly slowest: number;
  readonly fastest: number;
  /** Of all repetitions together. */
  readonly latency: LatencyHistogram;
  /** Median share of a core that the generator used. */
  readonly generatorShare: number;
}

export interface Comparison {
  readonly subject: Summary;
  readonly reference: Summary;
  /** Median rate of the subject by median rate of the reference. */
  readonly ratio: number;
}

/** Measures both sides in turns, so that whatever slows the machine down for a while slows down both. */
export async function compare(subject: Measure, reference: Measure, options: Repetitions): Promise<Comparison> {
  const { repetitions, seconds, warmUpSeconds } = options;
  await subject(warmUpSeconds);
  await reference(warmUpSeconds);
  const results = { subject: [] as LoadResult[], reference: [] as LoadResult[] };
  for (let repetition = 0; repetition < repetitions; repetition++) {
    results.subject.push(await subject(seconds));
    results.reference.push(await reference(seconds));
  }
  return comparisonOf(results.subject, results.reference);
}

export function comparisonOf(subject: readonly LoadResult[], reference: readonly LoadResult[]): Comparison {
  const summaries = { subject: summarize(subject), reference: summarize(reference) };
  return { ...summaries, ratio: summaries.subject.rate / summaries.reference.rate };
}

function summarize(results: readonly LoadResult[]): Summary {
  const rates = results.map(({ rate }) => rate);
  const latency = new LatencyHistogram();
  for (const result of results) latency.add(result.latency);
  return {
    rate: median(rates),
    slowest: Math.min(...rates),
    fastest: Math.max(...rates),
    latency,
    generatorShare: median(results.map(({ generatorShare }) => generatorShare)),
  };
}
