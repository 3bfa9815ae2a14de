import type { TenantId } from '#kernel';
import { SampleLog } from './sample-log.js';

const tenant = 'acme' as TenantId;

/** Some three thousand events of users and of two groups that they join and leave, the same in every process. */
export function takeoverLog(): SampleLog {
  const log = new SampleLog();
  for (const place of [0, 1]) log.provision(tenant, 'Group', place, { displayName: `group ${place}` });
  for (let place = 0; log.events.length < 3_000; place++) {
    const user = log.provision(tenant, 'User', place, { userName: `user ${place}`, emails: [{ value: `${place}@x` }] });
    const former = log.idAt(tenant, 'User', place - 5);
    log.add(tenant, 'Group', place % 2, (groupId) => {
      const removed = former === undefined ? [] : [former];
      return { type: 'GroupMembershipChanged', data: { groupId, added: [{ value: user }], removed } };
    });
    if (place % 7 === 6) log.deprovision(tenant, 'User', place - 6);
  }
  return log;
}
