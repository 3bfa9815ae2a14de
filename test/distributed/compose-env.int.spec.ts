import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const tool = fileURLToPath(new URL('../../tools/compose-env.mjs', import.meta.url));

describe('npm run compose:env', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'scim-ledger-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const file = () => join(folder, '.env');
  const run = () => spawnSync(process.execPath, [tool, file()], { encoding: 'utf8' });

  it('writes secrets that only their owner may read, once', () => {
    expect(run().status).toBe(0);
    const written = readFileSync(file(), 'utf8');
    expect(written).toMatch(/^NAME_SECRET=[0-9a-f]{64}$/m);
    expect(statSync(file()).mode & 0o077).toBe(0);
    expect(run()).toMatchObject({ status: 0, stderr: expect.stringContaining('stays as it is') });
    expect(readFileSync(file(), 'utf8')).toBe(written);
  });

  it('says which are missing in a file that is there, and adds none: another NAME_SECRET would lose every name', () => {
    const content = 'PUBLIC_URL=https://scim.acme.test\nADMIN_TOKEN=given\nPOSTGRES_PASSWORD=\n';
    writeFileSync(file(), content);
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain('lacks NAME_SECRET, SCIM_BEARER_TOKEN, POSTGRES_PASSWORD');
    expect(readFileSync(file(), 'utf8')).toBe(content);
  });
});
