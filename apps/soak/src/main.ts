import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOptions } from './options.js';
import { soak } from './soak.js';
import { judge } from './verdict/judge.js';
import { soakText } from './verdict/soak-text.js';

const options = readOptions(process.argv.slice(2));
const { folder, ...result } = await soak(options, (step) => process.stderr.write(`${step}\n`));
const verdicts = judge(result.evidence);
const report = `${folder}.json`;
writeFileSync(report, `${JSON.stringify({ date: new Date(), options, ...result }, undefined, 2)}\n`);
process.stdout.write(`${soakText(verdicts)}\nEverything that was seen: ${report}\n`);
if (verdicts.every(({ kept }) => kept)) {
  rmSync(folder, { recursive: true });
} else {
  process.stdout.write(`The server's data and its log lines: ${join(folder, '/')}\n`);
  process.exitCode = 1;
}
