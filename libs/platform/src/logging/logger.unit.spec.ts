import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createLogger } from './logger.js';

describe('log lines', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('tell the millisecond they were written in', () => {
    const times: string[] = [];
    const logger = createLogger('info', {
      write: (line) => void times.push((JSON.parse(line) as { time: string }).time),
    });
    const told = [
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.000Z',
      '2026-01-01T00:00:00.001Z',
      '1970-01-01T00:00:00.000Z',
    ];
    for (const time of told) {
      jest.setSystemTime(new Date(time));
      logger.info('line');
    }
    expect(times).toEqual(told);
  });
});
