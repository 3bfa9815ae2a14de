import { describe, expect, it } from '@jest/globals';
import { readEventStoreSettings } from './read-event-store-settings.js';

const EVENTSTORE_URL = 'esdb://ledger:hunter2@db.example:2113';

function mistakes(variables: Readonly<Record<string, string>>): readonly string[] {
  const read = readEventStoreSettings(variables);
  return read.ok ? [] : read.error;
}

describe('which log the environment means', () => {
  it('is the one of a server', () => {
    const value = { connectionString: EVENTSTORE_URL };
    expect(readEventStoreSettings({ EVENTSTORE_URL: `${EVENTSTORE_URL}\n` })).toEqual({ ok: true, value });
    expect(readEventStoreSettings({ EVENTSTORE_URL, EVENTSTORE_NAMESPACE: '' })).toEqual({ ok: true, value });
  });

  it('is the one of an installation, where several are on the server', () => {
    const value = { connectionString: EVENTSTORE_URL, namespace: 'acme' };
    expect(readEventStoreSettings({ EVENTSTORE_URL, EVENTSTORE_NAMESPACE: 'acme' })).toEqual({ ok: true, value });
  });

  it.each([{}, { EVENTSTORE_URL: ' ' }])('has to be said: %j', (variables) => {
    expect(mistakes(variables)).toEqual([expect.stringMatching(/^EVENTSTORE_URL must be a connection string/)]);
  });

  it('is refused with every mistake, and without its secrets', () => {
    const found = mistakes({ EVENTSTORE_URL: `${EVENTSTORE_URL}?tls=hunter2`, EVENTSTORE_NAMESPACE: 'Acme' });
    expect(found).toEqual([
      expect.stringMatching(/^EVENTSTORE_URL: .* cannot be used: expected/),
      expect.stringMatching(/^EVENTSTORE_NAMESPACE must be lower-case/),
    ]);
    expect(found.join()).not.toContain('hunter2');
  });
});
