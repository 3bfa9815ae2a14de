/**
 * Runs SCIM conformance suites that others wrote against a freshly started server, and fails where one of them fails.
 *
 *   npm run conformance
 *
 * scim2-tester (PyPI `scim2-cli`) and scim-sanity (PyPI) need Python 3.10 or later and are always demanded.
 * scim-conformance (Go) is taken from SCIM_CONFORMANCE (the path of its program) or installed by the machine's Go client;
 * where neither is possible, that is said and counted as skipped, and docs/conformance.md says when and how it was run
 * otherwise. A test that wants what no RFC asks for counts as disagreed where its suite's file names it, with the line
 * that decides it; one that is named and passes is a failure, so that the list stays true.
 */
import process from 'node:process';
import { scim2Tester } from './conformance/scim2-tester.mjs';
import { scimConformance } from './conformance/scim-conformance.mjs';
import { scimSanityProbe } from './conformance/scim-sanity.mjs';
import { withServedDirectory } from './conformance/served-directory.mjs';

const suites = { 'scim2-tester': scim2Tester, 'scim-sanity': scimSanityProbe, 'scim-conformance': scimConformance };
const total = { passed: 0, failed: 0, skipped: 0, disagreed: 0 };

function inWords({ passed, failed, skipped, disagreed }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped, ${disagreed} disagreed`;
}

await withServedDirectory((server) => {
  for (const [name, suite] of Object.entries(suites)) {
    const result = { disagreed: 0, ...suite(server) };
    process.stdout.write(`${name}: ${inWords(result)}\n`);
    for (const key of Object.keys(total)) total[key] += result[key];
  }
});
process.stdout.write(`${inWords(total)}\n`);
process.exit(total.failed > 0 ? 1 : 0);
