import { describe, expect, it } from '@jest/globals';
import type { ResourceId, TenantId } from '#kernel';
import { groupStream, nameStream, ownerOfStream, userStream } from './stream-names.js';

const tenantId = 'acme_eu' as TenantId;

describe("a stream's name", () => {
  it.each(['0198c0de-0000-7000-8000-000000000001', 'with.dots', 'with-dashes', 'with\nlines'])(
    'tells whose it is: %j',
    (text) => {
      const id = text as ResourceId;
      expect(ownerOfStream(userStream(tenantId, id))).toEqual({ kind: 'user', tenantId, id });
      expect(ownerOfStream(groupStream(tenantId, id))).toEqual({ kind: 'group', tenantId, id });
    },
  );

  it('tells of no user or group where it is the stream of a name', () => {
    expect(ownerOfStream(nameStream(tenantId, '5f1c0f0e'))).toBeUndefined();
  });
});
