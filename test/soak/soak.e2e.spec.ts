import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soak } from '../../apps/soak/src/soak.js';
import { readStoredData } from '../support/stored-data.js';

const folder = mkdtempSync(join(tmpdir(), 'scim-ledger-'));

afterAll(() => rmSync(folder, { recursive: true }));

describe('a short soak', () => {
  it('finds nothing lost, nothing different and nobody warned after cycles of two jobs', async () => {
    const size = { jobs: 2, users: 20, groups: 3, members: 5 };
    const steps: string[] = [];
    const options = { ...size, minutes: 2 / 60, windows: 6, rate: 1_000, folder };
    const { evidence, comparison, folder: data } = await soak(options, (step) => steps.push(step));

    expect(comparison.differences).toEqual([]);
    expect(evidence).toMatchObject({
      outsideWindows: { failures: 0, retries: 0 },
      differences: 0,
      rebuilt: { differing: 0, addedEvents: 0 },
      warnings: 0,
    });
    expect(evidence.windows).toHaveLength(6);
    expect(evidence.windows.reduce((sum, { requests }) => sum + requests, 0)).toBeGreaterThan(0);
    for (const { heap, resident, files } of evidence.windows) {
      expect(heap).toBeGreaterThan(10 * 2 ** 20);
      expect(resident).toBeGreaterThan(heap);
      expect(files.log + files.working).toBeGreaterThan(0);
    }
    expect(steps).toContain('building the view from the log');

    const { view } = await readStoredData(data);
    expect(view.rows).toEqual(view.expected);
  });
});
