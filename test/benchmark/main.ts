import { updatePage } from '../../apps/benchmark/src/report/benchmarks-page.js';
import { missedLimits } from '../../apps/benchmark/src/report/missed-bounds.js';
import { runDistributedBenchmark } from './distributed-benchmark.js';
import { readOptions } from './options.js';
import { reportText } from './report/report-text.js';

const options = readOptions(process.argv.slice(2));
const report = await runDistributedBenchmark(options, (step) => process.stderr.write(`${step} ...\n`));
const text = reportText(report);
process.stdout.write(text);
if (options.page !== undefined) updatePage(options.page, text, 'npm run bench:distributed');
const isFailed = report.results.some((result) => 'failure' in result);
// A brief run shows that everything works, not how fast.
const isMissed = options.page !== undefined && missedLimits(report.results).length > 0;
if (isFailed || isMissed) process.exitCode = 1;
