import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { pythonCommand } from './installed-suites.mjs';

const scimSanity = '0.7.4';

const patchAnswers204 = {
  complaint: /^Expected (HTTP )?200, got 204/,
  decidedBy:
    'RFC 7644 section 3.5.2: "the server either MUST return a 200 OK response code and the entire resource within the ' +
    'response body [...] or MAY return HTTP status code 204 (No Content)"',
};

/** Tests that want what no RFC asks for: what they say of this server, and the line that decides. */
const disagreements = {
  'PATCH /Groups/{id}': patchAnswers204,
  'PATCH /Groups/{id} add member': patchAnswers204,
  'PATCH /Groups/{id} remove members': patchAnswers204,
};

/** scim-sanity (PyPI) in its strict mode, which takes each deviation from the RFCs as a failure. */
export function scimSanityProbe({ url, token }) {
  const command = pythonCommand('scim-sanity', 'scim-sanity', scimSanity);
  const { stdout } = spawnSync(
    command,
    ['probe', url, '--token', token, '--strict', '--json-output', '--i-accept-side-effects'],
    { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const { results = [] } = JSON.parse(stdout || '{}');
  return judged(results);
}

function judged(results) {
  const [passed, skipped] = ['pass', 'skip'].map((status) => results.filter((result) => result.status === status));
  const complaints = results.filter(({ status }) => status !== 'pass' && status !== 'skip');
  const disagreed = complaints.filter(({ name, message }) => disagreements[name]?.complaint.test(message));
  const failed = complaints.filter((result) => !disagreed.includes(result));
  const stale = Object.keys(disagreements).filter((name) => !disagreed.some((result) => result.name === name));
  for (const { name } of disagreed) process.stdout.write(`disagreed: ${name}\n  ${disagreements[name].decidedBy}\n`);
  for (const { phase, name, message } of failed) process.stdout.write(`failed: ${phase}: ${name}: ${message}\n`);
  for (const name of stale) process.stdout.write(`failed: ${name} is listed as a disagreement and is none\n`);
  return {
    passed: passed.length,
    failed: failed.length + stale.length + (passed.length === 0 ? 1 : 0),
    skipped: skipped.length,
    disagreed: disagreed.length,
  };
}
