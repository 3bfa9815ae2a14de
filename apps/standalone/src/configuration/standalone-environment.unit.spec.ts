import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '#platform';
import { StandaloneEnvironment } from './standalone-environment.js';

describe('the configuration', () => {
  it('has defaults for everything that can have one', () => {
    const read = readEnvironment(StandaloneEnvironment, {});
    expect(read).toMatchObject({
      ok: true,
      value: { PORT: 3000, HOST: '127.0.0.1', DATA_DIR: './data', LOG_LEVEL: 'info' },
    });
  });

  it('names every mistake in one go', () => {
    const read = readEnvironment(StandaloneEnvironment, {
      PORT: '80x',
      PUBLIC_URL: 'ftp://x',
      SCIM_BEARER_TOKEN: 'short',
      ADMIN_TOKEN: 'no spaces allowed here, whatever the length may be',
      LOG_LEVEL: 'loud',
      EVENTSTORE_URL: 'esdb://k1:2113',
    });
    expect(read.ok ? [] : read.error.map((mistake) => mistake.split(' ')[0]).sort()).toEqual([
      'ADMIN_TOKEN',
      'EVENTSTORE_URL',
      'LOG_LEVEL',
      'PORT',
      'PUBLIC_URL',
      'SCIM_BEARER_TOKEN',
    ]);
  });

  it('never repeats a secret in a mistake', () => {
    const read = readEnvironment(StandaloneEnvironment, { SCIM_BEARER_TOKEN: 'hunter2' });
    expect(JSON.stringify(read)).not.toContain('hunter2');
  });

  it.each([
    'https://user:pass@scim.acme.test',
    'https://scim.acme.test/?aadOptscim062020',
    'https://scim.acme.test/#top',
  ])('takes no address for public that locations cannot begin with: %s', (PUBLIC_URL) => {
    const read = readEnvironment(StandaloneEnvironment, { PUBLIC_URL });
    expect(read).toEqual({ ok: false, error: [expect.stringMatching(/^PUBLIC_URL must be .* nothing behind/)] });
  });

  it('takes a public address with a port and a path', () => {
    const PUBLIC_URL = 'https://scim.acme.test:8443/ledger/';
    expect(readEnvironment(StandaloneEnvironment, { PUBLIC_URL })).toMatchObject({ ok: true, value: { PUBLIC_URL } });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(readEnvironment(StandaloneEnvironment, { PORT: '', SCIM_BEARER_TOKEN: '' })).toMatchObject({
      ok: true,
      value: { PORT: 3000 },
    });
  });

  it('ignores what it does not know', () => {
    const read = readEnvironment(StandaloneEnvironment, { PATH: '/bin' });
    expect(read.ok && Object.keys(read.value)).not.toContain('PATH');
  });
});
