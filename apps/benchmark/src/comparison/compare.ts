import { LatencyHistogram } from '../load/latency-histogram.js';
import type { Measurement } from './measurement.js';
import { median } from './median.js';

/** Measures one of two sides for some seconds. */
export type Measure = (seconds: number) => Promise<Measurement>;

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
  /** Of all repetitions together. */
  readonly latency: LatencyHistogram;
  /** Median of the answers' average size, bytes. */
  readonly answerBytes: number;
  /** Median share of a core that the generator used. */
  readonly generatorShare: number;
  /** Medians; see Measurement. */
  readonly serverCost: number | undefined;
  readonly serverShare: number | undefined;
}

export interface Comparison {
  readonly subject: Summary;
  readonly reference: Summary;
  /** The subject's rate by the reference's: the median of the repetitions' ratios, the least of them and the greatest. */
  readonly ratio: number;
  readonly leastRatio: number;
  readonly greatestRatio: number;
  /** The reference's processor time a request by the subject's, which neither disk nor generator have a part in. */
  readonly costRatio: number | undefined;
}

/** Measures both sides in turns, so that whatever slows the machine down for a while slows down both. */
export async function compare(subject: Measure, reference: Measure, options: Repetitions): Promise<Comparison> {
  const { repetitions, seconds, warmUpSeconds } = options;
  await subject(warmUpSeconds);
  await reference(warmUpSeconds);
  const pairs: MeasuredPair[] = [];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    pairs.push({ subject: await subject(seconds), reference: await reference(seconds) });
  }
  return comparisonOf(pairs);
}

/** Two measurements, one right after the other. */
export interface MeasuredPair {
  readonly subject: Measurement;
  readonly reference: Measurement;
}

export function comparisonOf(pairs: readonly MeasuredPair[]): Comparison {
  const ratios = pairs.map(({ subject, reference }) => subject.rate / reference.rate);
  return {
    subject: summarize(pairs.map((pair) => pair.subject)),
    reference: summarize(pairs.map((pair) => pair.reference)),
    ratio: median(ratios),
    leastRatio: Math.min(...ratios),
    greatestRatio: Math.max(...ratios),
    costRatio: medianKnown(
      pairs.map(({ subject, reference }) =>
        subject.serverCost === undefined || reference.serverCost === undefined
          ? undefined
          : reference.serverCost / subject.serverCost,
      ),
    ),
  };
}

function summarize(results: readonly Measurement[]): Summary {
  const latency = new LatencyHistogram();
  for (const result of results) latency.add(result.latency);
  return {
    rate: median(results.map(({ rate }) => rate)),
    latency,
    answerBytes: median(results.map(({ answerBytes }) => answerBytes)),
    generatorShare: median(results.map(({ generatorShare }) => generatorShare)),
    serverCost: medianKnown(results.map(({ serverCost }) => serverCost)),
    serverShare: medianKnown(results.map(({ serverShare }) => serverShare)),
  };
}

/** @returns undefined where any value is. */
function medianKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? median(known) : undefined;
}
