import { runBenchmark } from './benchmark.js';
import { readOptions } from './options.js';
import { updatePage } from './report/benchmarks-page.js';
import { resultsText } from './report/results-text.js';

const options = readOptions(process.argv.slice(2));
const results = await runBenchmark(options, (step) => process.stderr.write(`${step} ...\n`));
const text = resultsText(results);
process.stdout.write(text);
if (options.page !== undefined) updatePage(options.page, text);
if ([...results.phases, ...results.scale].some((result) => 'failure' in result)) process.exitCode = 1;
