import type { ResourceId, TenantId } from '#kernel';
import type { DirectoryLog, MembershipLookup } from '#command-handling';
import { type DirectoryReader, isViewFailure } from '#directory-view';

/** Looks members up in the view; where its file is damaged or away, in the log, at the cost of the group's whole history. */
export function membershipLookup(
  reader: Pick<DirectoryReader, 'membersAmong' | 'allMembers'>,
  log: Pick<DirectoryLog, 'group'>,
): MembershipLookup {
  const fromLog = async (tenant: TenantId, groupId: ResourceId) => {
    const group = await log.group(tenant, groupId);
    return { revision: group?.revision, members: group?.members ?? [] };
  };
  return {
    among: (tenant, groupId, ids) =>
      reader.membersAmong(tenant, groupId, ids).catch(async (error: unknown) => {
        if (!isViewFailure(error)) throw error;
        const { revision, members } = await fromLog(tenant, groupId);
        const wanted = new Set(ids);
        return { revision, members: members.filter(({ value }) => wanted.has(value)) };
      }),
    all: (tenant, groupId) =>
      reader.allMembers(tenant, groupId).catch((error: unknown) => {
        if (!isViewFailure(error)) throw error;
        return fromLog(tenant, groupId);
      }),
  };
}
