import { writeFile } from 'node:fs/promises';
import { readCommandLine, simulatorCommand } from './options.js';
import { showProgress } from './report/progress.js';
import { reportText } from './report/report-text.js';
import { simulate } from './simulator.js';

const { options, json } = readCommandLine(simulatorCommand(), process.argv.slice(2));
const progress = showProgress(process.stderr);
const report = await simulate(options, progress).finally(() => progress.stop());
process.stdout.write(reportText(report));
if (json !== undefined) await writeFile(json, `${JSON.stringify(report, undefined, 2)}\n`);
process.exitCode = report.clean ? 0 : 1;
