import { describe, expect, it } from '@jest/globals';
import { readConfiguration } from './read-configuration.js';

const distributed = { EVENTSTORE_URL: 'esdb://log:2113', DATABASE_URL: 'postgres://scim:hunter2@db/scim' };

function mistakes(variables: Readonly<Record<string, string>>): readonly string[] {
  const read = readConfiguration(variables);
  return read.ok ? [] : read.error;
}

describe('which installation an operator means', () => {
  it('is the one in the default folder where nothing is said', () => {
    expect(readConfiguration({ EVENTSTORE_URL: '' })).toEqual({ ok: true, value: { DATA_DIR: './data' } });
  });

  it('is the one on the engines that are named', () => {
    expect(readConfiguration(distributed)).toEqual({
      ok: true,
      value: { eventStore: { connectionString: distributed.EVENTSTORE_URL }, database: distributed.DATABASE_URL },
    });
  });

  it('is not guessed where half of the engines are named, and the other half is named as missing', () => {
    expect(mistakes({ EVENTSTORE_URL: distributed.EVENTSTORE_URL })).toEqual([
      expect.stringMatching(/^DATABASE_URL must/),
    ]);
    expect(mistakes({ DATABASE_URL: distributed.DATABASE_URL })).toEqual([
      expect.stringMatching(/^EVENTSTORE_URL must/),
    ]);
  });

  it('is not guessed where a folder is named as well', () => {
    expect(mistakes({ ...distributed, DATA_DIR: 'data' })).toEqual([expect.stringMatching(/^DATA_DIR is set, and/)]);
  });

  it('is never told with its secrets in a mistake', () => {
    const [mistake] = mistakes({ ...distributed, DATABASE_URL: 'mysql://scim:hunter2@db' });
    expect(mistake).toMatch(/^DATABASE_URL must/);
    expect(mistake).not.toContain('hunter2');
  });
});
