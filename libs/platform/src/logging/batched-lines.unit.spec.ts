import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type Logger } from 'pino';
import { BatchedLines } from './batched-lines.js';
import { createLogger } from './logger.js';

describe('batched log lines', () => {
  let written: string[];
  let lines: BatchedLines;
  let logger: Logger;

  beforeEach(() => {
    jest.useFakeTimers();
    written = [];
    lines = new BatchedLines({ write: (text) => void written.push(text) });
    logger = createLogger('info', lines);
  });

  afterEach(() => void jest.useRealTimers());

  const messages = (): string[] =>
    written
      .join('')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { msg: string }).msg);

  it('wait for others, but not long', () => {
    logger.info('one');
    logger.info('two');
    expect(written).toEqual([]);
    jest.advanceTimersByTime(250);
    expect(messages()).toEqual(['one', 'two']);
    expect(written).toHaveLength(1);
    logger.info('three');
    jest.advanceTimersByTime(250);
    expect(messages()).toEqual(['one', 'two', 'three']);
  });

  it('are written when they are many', () => {
    for (let line = 0; line < 1_500; line++) logger.info(`line ${line}`);
    expect(written.length).toBeGreaterThan(1);
    expect(written.length).toBeLessThan(10);
    lines.flush();
    expect(messages()).toEqual(Array.from({ length: 1_500 }, (_, line) => `line ${line}`));
  });

  it.each(['warn', 'error', 'fatal'] as const)('are written at once with one that needs attention: %s', (level) => {
    logger.info('before');
    logger[level]('attention');
    expect(messages()).toEqual(['before', 'attention']);
    logger.info('after');
    expect(messages()).toEqual(['before', 'attention']);
  });

  it('are all written by a flush, and nothing where there are none', () => {
    logger.info('last');
    lines.flush();
    lines.flush();
    expect(messages()).toEqual(['last']);
    expect(written).toHaveLength(1);
  });
});
