import { runBenchmark } from './benchmark.js';
import { readOptions } from './options.js';
import { updatePage } from './report/benchmarks-page.js';
import { missedBounds } from './report/missed-bounds.js';
import { resultsText } from './report/results-text.js';

const options = readOptions(process.argv.slice(2));
const results = await runBenchmark(options, (step) => process.stderr.write(`${step} ...\n`));
const text = resultsText(results);
process.stdout.write(text);
if (options.page !== undefined) updatePage(options.page, text);
const isFailed = [...results.phases, ...results.scale].some((result) => 'failure' in result);
// A brief run shows that everything works, not how fast.
const isMissed = options.page !== undefined && missedBounds(results).length > 0;
if (isFailed || isMissed) process.exitCode = 1;
