import { describe, expect, it } from '@jest/globals';
import type { TenantId } from '#kernel';
import { addMember, endAllMemberships, endMembership } from '../../membership/change-members.js';
import type { SqlTransaction } from '../../sql/sql-connection.js';
import { WriteBatch } from './write-batch.js';

const tenant = 'acme' as TenantId;

/** Gathers what the projection writes. */
function gathering() {
  const batch = new WriteBatch();
  const transaction = { run: batch.add.bind(batch) } as unknown as SqlTransaction;
  const at = (position: number) => ({ position: BigInt(position), time: position });
  return {
    add: (group: string, id: string, position: number) =>
      addMember(transaction, tenant, group, { id, type: undefined, display: undefined }, at(position)),
    end: (group: string, id: string, position: number) => endMembership(transaction, tenant, group, id, at(position)),
    endAll: (group: string, position: number) => endAllMemberships(transaction, tenant, group, at(position)),
    run: (text: string) => batch.add(text, []),
    /** The statements, each by its verb and the rows it is for. */
    statements: () =>
      batch.take().map(({ text, params }) => {
        const [, verb, table = ''] = /(INSERT INTO|DELETE FROM|UPDATE) (\w+)/.exec(text) ?? [];
        const members = params.find((array) => /^\{"m/.test(String(array))) ?? '';
        return verb ? `${verb === 'INSERT INTO' ? 'insert' : 'delete'} ${table} ${members as string}`.trim() : text;
      }),
  };
}

describe('the writes of a batch', () => {
  it('are one statement for all rows that have nothing to do with each other', () => {
    const { add, statements } = gathering();
    for (let member = 0; member < 3; member++) add('g', `m${member}`, member);
    expect(statements()).toEqual(['insert membership {"m0","m1","m2"}']);
    expect(statements()).toEqual([]);
  });

  it('are counted until they are taken', () => {
    const batch = new WriteBatch();
    for (let write = 0; write < 3; write++) batch.add('SELECT 1', []);
    expect(batch.size).toBe(3);
    batch.take();
    expect(batch.size).toBe(0);
  });

  it('are done in order where they are about the same row', () => {
    const { add, end, statements } = gathering();
    add('g', 'm0', 1);
    end('g', 'm0', 2);
    add('g', 'm0', 3);
    add('g', 'm1', 4);
    expect(statements()).toEqual([
      'insert membership {"m0","m1"}',
      'insert membership_interval {"m0"}',
      'delete membership {"m0"}',
      'insert membership {"m0"}',
    ]);
  });

  it('keep the order of what is about all rows of a group and about one of them', () => {
    const { add, endAll, statements } = gathering();
    add('g', 'm0', 1);
    endAll('g', 2);
    add('g', 'm1', 3);
    add('other', 'm2', 4);
    expect(statements()).toEqual([
      'insert membership {"m0","m2"}',
      'insert membership_interval',
      'delete membership',
      'insert membership {"m1"}',
    ]);
  });

  it('keep their place around a statement nobody knows anything of', () => {
    const { add, run, statements } = gathering();
    add('g', 'm0', 1);
    run('VACUUM');
    add('g', 'm1', 2);
    expect(statements()).toEqual(['insert membership {"m0"}', 'VACUUM', 'insert membership {"m1"}']);
  });
});
