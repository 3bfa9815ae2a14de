import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parseFilter, resolveFilter } from '#scim-protocol';
import { listResources } from '../reading/list-resources.js';
import { sampleRegistry } from '../testing/arbitrary-document.js';
import { sampleTenants } from '../testing/arbitrary-log.js';
import { ExplainedReads } from '../testing/explained-reads.js';
import { TemporaryView } from '../testing/temporary-view.js';

const [tenant] = sampleTenants;

describe('a filter by groups on SQLite', () => {
  let temporary: TemporaryView;
  beforeEach(async () => {
    temporary = await TemporaryView.open();
  });
  afterEach(() => temporary.remove());

  it('goes from a user to its groups, not through all groups', async () => {
    const parsed = parseFilter('groups.display co "a"');
    const filter = parsed.ok ? resolveFilter(sampleRegistry, 'User', parsed.value) : parsed;
    if (!filter.ok) throw new Error(filter.error.detail);
    const reads = new ExplainedReads(temporary.view.liveReads);
    const page = { kind: 'index', startIndex: 1, count: 1_000 } as const;
    await listResources(reads, tenant, 'User', { page, filter: filter.value });
    expect(reads.steps).toContainEqual(expect.stringMatching(/^SEARCH g .*\bid=\?/));
  });
});
