import { describe, expect, it } from '@jest/globals';
import { readOptions } from './options.js';

describe('readOptions', () => {
  it('measures everything and writes the page where nothing is said', () => {
    const { phases, scale, repetitions, page } = readOptions([]);
    expect(phases.length).toBeGreaterThan(8);
    expect(scale).toBe(true);
    expect(repetitions.repetitions).toBeGreaterThanOrEqual(5);
    expect(page).toBe('docs/benchmarks.md');
  });

  it('measures only what is named, and leaves the page alone', () => {
    const options = readOptions(['--phases', 'get-user, scale', '--repetitions', '7']);
    expect(options.phases.map(({ name }) => name)).toEqual(['get-user']);
    expect(options).toMatchObject({ scale: true, repetitions: { repetitions: 7 }, page: undefined });
    expect(readOptions(['--phases', 'get-user']).scale).toBe(false);
  });

  it('leaves the page alone where little is measured', () => {
    expect(readOptions(['--quick']).page).toBeUndefined();
    expect(readOptions(['--repetitions', '2']).page).toBeUndefined();
  });
});
