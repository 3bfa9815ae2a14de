/**
 * How much is sent, and what: the same with every test run, so that a run says something of a change and not of chance.
 * To look for what nobody has met yet: `FUZZ_RUNS=100000 npm test -- test/hostile`, with another seed each time. A run that
 * fails prints its seed, for `FUZZ_SEED`, and the smallest input it found.
 */
export function fuzzRuns(): { readonly numRuns: number; readonly seed?: number } {
  const { FUZZ_RUNS: runs, FUZZ_SEED: seed = runs === undefined ? '20260101' : undefined } = process.env;
  return { numRuns: Number(runs ?? 1_000), ...(seed !== undefined && { seed: Number(seed) }) };
}
