import { describe, expect, it } from '@jest/globals';
import { RunRecord } from '../client/phase-record.js';
import { reportText } from './report-text.js';
import { percentile, reportOf } from './simulation-report.js';

const comparison = { users: 2, groups: 1, memberships: 3, deleted: 1, differenceCount: 0, differences: [] };

describe('the report', () => {
  it('sums up each phase and the run', () => {
    const record = new RunRecord();
    for (let ms = 1; ms <= 100; ms++) record.phase('users').attempted(0, ms);
    record.phase('groups').attempted(100, 102);
    record.phase('groups').retries = 3;
    const report = reportOf(record, 500, { comparison });
    expect(report.phases[0]).toEqual({
      phase: 'users',
      requests: 100,
      failures: 0,
      retries: 0,
      p50Ms: 50,
      p99Ms: 99,
      requestsPerSecond: 1000,
    });
    expect(report.total).toMatchObject({ requests: 101, retries: 3, requestsPerSecond: 202 });
    expect(report.clean).toBe(true);
    expect(reportText(report)).toMatch(/users +100 +0 +0 +50\.0 +99\.0 +1000\n/);
    expect(reportText(report)).toMatch(/holds what was sent \(2 users, 1 groups, 3 memberships and 1 deletions\)/);
  });

  it('groups failures by request and status, with different words of the server as examples', () => {
    const record = new RunRecord();
    for (let user = 0; user < 50; user++) {
      const words = `uniqueness: name ${user % 2} is taken`;
      record.phase('users').failed({ method: 'PATCH', path: `/Users/u-${user}`, status: 409, words });
    }
    record.phase('users').failed({ method: 'GET', path: '/Users?filter=a', status: undefined, words: 'ECONNRESET' });
    const report = reportOf(record, 1, { comparison });
    expect(report.clean).toBe(false);
    expect(report.failures.map(({ count, examples }) => [count, examples.length])).toEqual([
      [50, 2],
      [1, 1],
    ]);
    const text = reportText(report);
    expect(text).toContain(
      'Failures: 51\n50 x PATCH /Users/{id} 409\n    /Users/u-0\n      uniqueness: name 0 is taken',
    );
    expect(text).toContain('1 x GET /Users?filter no answer');
  });

  it('shows the first twenty differences and counts the rest', () => {
    const difference = { resource: '/Users/u-1', what: 'title', expected: '"A"', actual: '"B"' };
    const differences = Array.from({ length: 25 }, () => difference);
    const report = reportOf(new RunRecord(), 1, { comparison: { ...comparison, differenceCount: 300, differences } });
    const text = reportText(report);
    expect(text.match(/expected "A", is "B"/g)).toHaveLength(20);
    expect(text).toContain('... and 280 more');
    expect(report.clean).toBe(false);
  });
});

describe('a percentile', () => {
  it('is the value at the nearest rank', () => {
    expect([0.5, 0.99, 1].map((share) => percentile([1, 2, 3, 4], share))).toEqual([2, 4, 4]);
    expect(percentile([], 0.5)).toBe(0);
  });
});
