import type { Workload } from '../load/exchange.js';
import type { Target } from './target.js';

/** Makes the load of one measurement that is to last about so many seconds. */
export type Round = (seconds: number) => Promise<Workload>;

/** One kind of load, put on the product and on the bare server alike. */
export interface Phase {
  /** What selects it on the command line. */
  readonly name: string;
  readonly title: string;
  readonly connections: number;
  /** Least ratio of the product's rate to the bare server's; undefined where only the aim is set. */
  readonly floor?: number;
  readonly aim: number;
  /** Fills an empty server. */
  readonly prepare: (target: Target) => Promise<Round>;
}
