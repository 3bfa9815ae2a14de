import { describe, expect, it } from '@jest/globals';
import { readCommandLine, simulatorCommand } from './options.js';
import { defaultOptions } from './simulation-options.js';

const read = (...argv: string[]) => {
  const errors: string[] = [];
  const command = simulatorCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => errors.push(text) });
  try {
    return readCommandLine(command, argv);
  } catch {
    return errors.join('');
  }
};

describe('the command line', () => {
  it('needs a token only', () => {
    expect(read('--token', 't')).toEqual({ options: { ...defaultOptions, token: 't' }, json: undefined });
  });

  it('says how to give a token where there is none', () => {
    expect(read()).toMatch(/no bearer token\. Pass --token <secret> or set SCIM_TOKEN/);
  });

  it('says before the run that the report cannot be written', () => {
    expect(read('--token', 't', '--json', '/nowhere/out.json')).toMatch(/--json .*\/nowhere\/out\.json.*ENOENT/);
  });

  it('reads sizes, limits and the report file', () => {
    const line = read(
      '--token',
      't',
      '--users',
      '5',
      '--jobs',
      '3',
      '--rate',
      '25',
      '--timeout',
      '4',
      '--json',
      'out.json',
    );
    expect(line).toMatchObject({ options: { users: 5, jobs: 3, rate: 25, timeoutMs: 4000 }, json: 'out.json' });
  });

  it('takes the dialect from the flag in the tenant URL unless told otherwise', () => {
    const url = 'https://api.acme.test/scim/v2?aadOptscim062020';
    expect(read('--token', 't', '--url', url)).toMatchObject({ options: { dialect: 'compliant' } });
    expect(read('--token', 't', '--url', url, '--dialect', 'both')).toMatchObject({ options: { dialect: 'both' } });
  });

  it('refuses what is no number, no URL and no dialect', () => {
    expect(read('--token', 't', '--users', 'many')).toMatch(/'many' is invalid.*whole number/);
    expect(read('--token', 't', '--connections', '0')).toMatch(/at least 1/);
    expect(read('--token', 't', '--url', 'acme')).toMatch(/"acme" is not a tenant URL/);
    expect(read('--token', 't', '--dialect', 'strict')).toMatch(/Allowed choices are default, compliant, both/);
  });
});
