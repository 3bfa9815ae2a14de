import type { ResourceId, TenantId } from '#kernel';
import type { DirectoryLog } from '../directory-log.js';
import type { MembershipLookup } from './membership-reader.js';

/** What a read model can say of a group's members; `DirectoryReader` fulfils it. */
export interface MemberReader {
  membersAmong: MembershipLookup['among'];
  allMembers: MembershipLookup['all'];
}

/**
 * Looks members up in the read model; where that cannot be asked, in the log, at the cost of the group's whole history.
 *
 * @param isReaderFailure tells its failures (damaged, away) from bugs, which pass through.
 */
export function withLogAsFallback(
  reader: MemberReader,
  log: Pick<DirectoryLog, 'group'>,
  isReaderFailure: (error: unknown) => boolean,
): MembershipLookup {
  const fromLog = async (tenant: TenantId, groupId: ResourceId) => {
    const group = await log.group(tenant, groupId);
    return { revision: group?.revision, members: group?.members ?? [] };
  };
  /** Also where the reader throws before it promises anything. */
  const orElse = async <T>(ask: () => Promise<T>, otherwise: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      if (!isReaderFailure(error)) throw error;
      return otherwise();
    }
  };
  return {
    among: (tenant, groupId, ids) =>
      orElse(
        () => reader.membersAmong(tenant, groupId, ids),
        async () => {
          const { revision, members } = await fromLog(tenant, groupId);
          const wanted = new Set(ids);
          return { revision, members: members.filter(({ value }) => wanted.has(value)) };
        },
      ),
    all: (tenant, groupId) =>
      orElse(
        () => reader.allMembers(tenant, groupId),
        () => fromLog(tenant, groupId),
      ),
  };
}
