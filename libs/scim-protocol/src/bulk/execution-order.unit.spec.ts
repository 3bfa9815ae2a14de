import { describe, expect, it } from '@jest/globals';
import { executionOrder } from './execution-order.js';

function order(steps: string, waits: Record<string, string>) {
  return executionOrder([...steps], new Map(Object.entries(waits).map(([step, others]) => [step, [...others]]))).join(
    '',
  );
}

describe('execution order', () => {
  it('is the given order where nothing forces another', () => {
    expect(order('abcd', { d: 'ab', b: 'a' })).toBe('abcd');
  });

  it('puts a step right after the last one it waits for', () => {
    expect(order('abcde', { a: 'bd' })).toBe('bcdae');
  });

  it('keeps the order of those that waited for the same step', () => {
    expect(order('abcd', { a: 'c', b: 'c' })).toBe('cabd');
  });

  it('lets a step go on as soon as a chain of waiting ends', () => {
    expect(order('abcd', { a: 'b', b: 'c' })).toBe('cbad');
  });

  it('does not bring a step forward because what it waits for is done', () => {
    expect(order('abcd', { d: 'a' })).toBe('abcd');
  });
});
