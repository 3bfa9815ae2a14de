import { describe, expect, it } from '@jest/globals';
import type { ResourceId, TenantId } from '#kernel';
import { eventCodec } from '#event-catalog';
import { InMemoryEventStore } from '#event-store';
import { DirectoryLog } from './directory-log.js';
import { command, directoryOn } from './testing/index.js';

const stranger = 'nobody' as ResourceId;

describe('the directory as its log tells it', () => {
  it('knows a user as it is after every event of its stream', async () => {
    const store = new InMemoryEventStore();
    const directory = directoryOn(store);
    const context = command();
    const mia = 'u-1' as ResourceId;
    await directory.provisionUser(context, mia, { userName: 'mia' });
    await directory.changeUser(command(), { id: mia }, ({ attributes }) => {
      return { ok: true, value: { ...attributes, active: false } };
    });
    const log = new DirectoryLog(store, eventCodec);
    expect(await log.user(context.tenantId, mia)).toMatchObject({
      revision: 1,
      state: { enabled: false, attributes: { userName: 'mia', active: false }, created: context.occurredAt },
    });
    expect(await log.user('another' as TenantId, mia)).toBeUndefined();
  });

  it('knows the members of a group in the order they came', async () => {
    const store = new InMemoryEventStore();
    const directory = directoryOn(store);
    const context = command();
    const staff = 'g-1' as ResourceId;
    await directory.provisionGroup(context, staff, { displayName: 'Staff' }, [{ value: 'a' }, { value: 'b' }]);
    await directory.changeGroup(command(), { id: staff }, ({ attributes }) => {
      const membership = [
        { kind: 'remove', ids: ['a'] },
        { kind: 'add', members: [{ value: 'c', display: 'Cleo' }] },
      ] as const;
      return { ok: true, value: { attributes, membership } };
    });
    const group = await new DirectoryLog(store, eventCodec).group(context.tenantId, staff);
    expect(group?.members).toEqual([{ value: 'b' }, { value: 'c', display: 'Cleo' }]);
  });

  it('knows nothing of what is gone or never was', async () => {
    const store = new InMemoryEventStore();
    const directory = directoryOn(store);
    const context = command();
    const mia = 'u-1' as ResourceId;
    await directory.provisionUser(context, mia, { userName: 'mia' });
    await directory.deprovisionUser(command(), { id: mia });
    const log = new DirectoryLog(store, eventCodec);
    expect(await log.user(context.tenantId, mia)).toBeUndefined();
    expect(await log.group(context.tenantId, stranger)).toBeUndefined();
  });
});
