import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { haltRecordContract } from '../testing/halt-record-contract.js';
import { HaltsInFolder } from './halts-in-folder.js';

haltRecordContract('a folder', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'halts-'));
  return {
    open: () => new HaltsInFolder(join(parent, 'halts')),
    remove: async () => rmSync(parent, { recursive: true }),
  };
});

it('a folder is not made by those who only ask for halts', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'halts-'));
  await new HaltsInFolder(join(parent, 'halts')).list();
  expect(existsSync(join(parent, 'halts'))).toBe(false);
  rmSync(parent, { recursive: true });
});
