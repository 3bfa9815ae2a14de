import fc from 'fast-check';
import type { ResourceTypeName } from '#scim-protocol';
import { arbitraryDocument } from './arbitrary-document.js';
import { sampleTenants } from './arbitrary-log.js';
import { SampleLog } from './sample-log.js';

const [tenant] = sampleTenants;

/** The log of a directory with a handful of resources of one type that differ in everything, memberships included. */
export function arbitraryDirectory(type: ResourceTypeName): fc.Arbitrary<SampleLog> {
  const others = type === 'User' ? 'Group' : 'User';
  const places = fc.nat({ max: 5 });
  return fc
    .record({
      documents: fc.array(arbitraryDocument(type, 16), { minLength: 4, maxLength: 6 }),
      otherDocuments: fc.array(arbitraryDocument(others), { minLength: 2, maxLength: 3 }),
      memberships: fc.array(fc.tuple(places, places), { maxLength: 8 }),
      abandonments: fc.array(places, { maxLength: 4 }),
      changes: fc.array(places, { maxLength: 3 }),
      ticks: fc.array(fc.nat({ max: 5 }), { maxLength: 10 }),
    })
    .map(({ documents, otherDocuments, memberships, abandonments, changes, ticks }) => {
      const log = new SampleLog(ticks);
      documents.forEach((document, place) => log.provision(tenant, type, place, document));
      otherDocuments.forEach((document, place) => log.provision(tenant, others, place, document));
      for (const [group, user] of memberships) {
        const value = log.idAt(tenant, 'User', user) ?? 'stranger-1';
        log.add(tenant, 'Group', group, (groupId) => {
          return { type: 'GroupMembershipChanged', data: { groupId, added: [{ value }], removed: [] } };
        });
      }
      for (const place of abandonments) {
        log.add(tenant, type, place, () => ({ type: 'NameClaimAbandoned', data: { claimId: 'abandoned' } }));
      }
      for (const place of changes) {
        const change = { assigned: { displayName: 'b' }, unassigned: [] };
        log.add(tenant, type, place, (id) =>
          type === 'User'
            ? { type: 'UserProfileChanged', data: { userId: id, ...change } }
            : { type: 'GroupProfileChanged', data: { groupId: id, ...change } },
        );
      }
      return log;
    });
}
