import { expect } from '@jest/globals';
import type { SchemaRegistry } from '#scim-protocol';
import type { DirectoryLoad } from '../support/directory-load.js';
import type { ScimClient } from '../support/scim-client.js';
import { contradictions } from '../support/served-directory.js';
import { type InstalledData, readInstalledData } from './installed-data.js';
import type { Installation } from './installation.js';

/**
 * Asserts, of an installation that is at rest after a load, that what was acknowledged is there once and nothing half-made,
 * that the view is the fold of the log, and that every node says the same by every way there is.
 */
export async function expectAllKept(
  installation: Installation,
  load: DirectoryLoad,
  nodes: readonly ScimClient[],
  registry?: SchemaRegistry,
): Promise<InstalledData> {
  expect({ stale: load.stale.length, first: load.stale.slice(0, 5) }).toEqual({ stale: 0, first: [] });
  const data = await readInstalledData(installation, registry);
  expect(load.changes.users).toBeGreaterThan(0);
  expect(load.changes.strangers(data.audited, load.prefix)).toEqual([]);
  expect(data.view.rows).toEqual(data.view.expected);
  for (const node of nodes) {
    expect(await load.changes.differences(node)).toEqual([]);
    expect(await contradictions(node)).toEqual([]);
  }
  return data;
}
