import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countWarnings } from './warnings.js';
import { dataFolderSizes } from './data-folder-sizes.js';

const folder = mkdtempSync(join(tmpdir(), 'scim-ledger-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('a data folder', () => {
  it('is added up by what its files are for', () => {
    const write = (name: string, length: number) => writeFileSync(join(folder, name), 'x'.repeat(length));
    mkdirSync(join(folder, 'view'));
    write('log.sqlite', 1_000);
    write('log.sqlite-wal', 10);
    write('view/view-1.sqlite', 200);
    write('view/view-generations.sqlite', 20);
    write('view/view-1.sqlite-journal', 3);
    write('server.log', 5);
    write('installation.json', 7);
    expect(dataFolderSizes(folder)).toEqual({ log: 1_000, view: 220, working: 13, serverLog: 5, others: 7 });
  });

  it('has warnings where the server logged some', async () => {
    const lines = [
      '{"level":"info","msg":"GET"}',
      '{"level":"warn"}',
      'a "level":"warn" elsewhere',
      '{"level":"error"}',
    ];
    const file = join(folder, 'lines.log');
    writeFileSync(file, lines.join('\n'));
    expect(await countWarnings(file)).toBe(2);
  });
});
