import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { arbitraryLog, sampleTenants } from '../testing/arbitrary-log.js';
import { foldOfLog } from '../testing/fold-of-log.js';
import type { SampleLog } from '../testing/sample-log.js';
import { TemporaryView } from '../testing/temporary-view.js';
import { viewSnapshot } from '../testing/view-snapshot.js';

async function dumpsOf({ events }: SampleLog, batchSize: number) {
  const temporary = await TemporaryView.open();
  try {
    await temporary.catchUp(events, batchSize);
    return await Promise.all(sampleTenants.map((tenant) => viewSnapshot(temporary.view.liveReads, tenant)));
  } finally {
    temporary.remove();
  }
}

describe('the view of a log', () => {
  it('is the fold of the log, whatever happened in it', async () => {
    const property = fc.asyncProperty(arbitraryLog(), fc.integer({ min: 1, max: 40 }), async (log, batchSize) => {
      const expected = sampleTenants.map((tenant) => foldOfLog(sampleRegistry, tenant, log.events));
      expect(await dumpsOf(log, batchSize)).toEqual(expected);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it('is equal byte for byte, whatever batches the log came in', async () => {
    const property = fc.asyncProperty(arbitraryLog(), fc.integer({ min: 2, max: 30 }), async (log, batchSize) => {
      expect(await dumpsOf(log, batchSize)).toEqual(await dumpsOf(log, 1));
    });
    await fc.assert(property, { numRuns: 60 });
  });
});
