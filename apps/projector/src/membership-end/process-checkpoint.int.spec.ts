import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Position } from '#event-store';
import type { SourceLog } from '#projections';
import { ProcessCheckpoint } from './process-checkpoint.js';

const at = (position: number) => BigInt(position) as Position;
const log: SourceLog = { identity: 'a', head: at(20_000) };

describe('the checkpoint of a process', () => {
  let folder: string;
  let file: string;
  let reasons: string[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'process-checkpoint-'));
    file = join(folder, 'process.sqlite');
    reasons = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const open = (source = log) =>
    new ProcessCheckpoint({ file, log: source, discarded: (reason) => reasons.push(reason) });

  /** What an owner finds that opens the file and takes over. */
  function found(source = log): Position {
    const checkpoint = open(source);
    const taken = checkpoint.acquire().checkpoint;
    checkpoint.close();
    return taken;
  }

  function moveTo(position: Position): void {
    const checkpoint = open();
    const { epoch, checkpoint: from } = checkpoint.acquire();
    checkpoint.move({ epoch, from, to: position }, true);
    checkpoint.close();
  }

  it('is where it was left', () => {
    moveTo(at(12));
    expect(found()).toBe(at(12));
    expect(reasons).toEqual([]);
  });

  it('moves once its file can be written again', () => {
    const checkpoint = open();
    const { epoch, checkpoint: from } = checkpoint.acquire();
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    expect(() => checkpoint.move({ epoch, from, to: at(12) }, true)).toThrow('locked');
    other.close();
    checkpoint.move({ epoch, from, to: at(12) }, true);
    checkpoint.close();
    expect(found()).toBe(at(12));
  });

  it.each([
    ['an older copy of the log', { ...log, head: at(11) }, 'it is at position 12, beyond the end of the log at 11'],
    ['another log', { ...log, identity: 'b' }, 'it was built from another log'],
  ])('is before the first event for %s, and says why', (_, other, reason) => {
    moveTo(at(12));
    expect(found(other)).toBe(at(0));
    expect(found(other)).toBe(at(0));
    expect(reasons).toEqual([reason]);
  });

  it.each([
    ['is no database any more', () => writeFileSync(file, 'rubbish'.repeat(1_000))],
    ['is cut in half', () => truncateSync(file, statSync(file).size / 2)],
  ])('is before the first event where its file %s, and says why', (_, damage) => {
    moveTo(at(12));
    damage();
    expect(found()).toBe(at(0));
    expect(reasons).toEqual(['its file is damaged']);
    moveTo(at(12));
    expect(found()).toBe(at(12));
  });
});
