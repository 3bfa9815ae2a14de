import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { conditionOf } from './sqlite-condition.js';

const sqliteError = (errcode: number) => Object.assign(new Error('sqlite'), { errcode });

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the condition of a SQLite file', () => {
  it.each([
    ['busy', 5],
    ['locked', 6],
    ['an I/O error while reading', 10 | (1 << 8)],
    ['full', 13],
    ['a file that cannot be opened', 14],
  ])('is away for %s', (_, code) => expect(conditionOf(sqliteError(code))).toBe('away'));

  it.each([
    ['a corrupt index', 11 | (3 << 8)],
    ['no database', 26],
  ])('is damaged for %s', (_, code) => expect(conditionOf(sqliteError(code))).toBe('damaged'));

  it.each([
    ['a constraint', sqliteError(19)],
    ['a bug', new TypeError('undefined is not a function')],
    ['nothing', undefined],
    ['a code that is no number', Object.assign(new Error('other'), { errcode: '5' })],
  ])('is broken for %s', (_, error) => expect(conditionOf(error)).toBe('broken'));

  it('is told from what the driver throws', () => {
    expect(conditionOf(thrownBy(() => new DatabaseSync('/nowhere/at-all.sqlite')))).toBe('away');
    expect(conditionOf(thrownBy(() => new DatabaseSync(':memory:').exec('SELECT nothing')))).toBe('broken');
  });
});
