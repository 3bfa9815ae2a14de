import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isHealthy, markHealthy } from './health-file.js';

describe('a file that tells of health', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'health-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = () => join(folder, 'healthy');

  it('does so for fifteen seconds after it was written', () => {
    expect(isHealthy(file())).toBe(false);
    markHealthy(file());
    expect(isHealthy(file())).toBe(true);
    expect(isHealthy(file(), Date.now() + 14_000)).toBe(true);
    expect(isHealthy(file(), Date.now() + 16_000)).toBe(false);
  });

  it('does not end the program where it cannot be written', () => {
    expect(() => markHealthy(join(folder, 'missing', 'healthy'))).not.toThrow();
    expect(isHealthy(join(folder, 'missing', 'healthy'))).toBe(false);
  });
});
