import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { DatabaseAddressError, describeDatabase, readDatabaseAddress } from './database-address.js';
import { openPool } from './open-pool.js';

describe('the address of a database', () => {
  it('is logged without credentials and options', () => {
    const url = 'postgresql://scim:S3cret@db.example:5433/scim?sslmode=verify-full&sslkey=/etc/key';
    expect(describeDatabase(url)).toBe('postgresql://db.example:5433/scim');
  });

  it.each([
    '',
    'scim',
    'mysql://scim:S3cret@db/scim',
    'postgres://scim:S3cret@db:port/scim',
    'postgres:// S3cret',
    'postgres:///scim',
  ])('is refused without being repeated: %s', (url) => {
    const attempt = () => openPool({ url, applicationName: 'test', mostConnections: 1 });
    expect(attempt).toThrow(DatabaseAddressError);
    try {
      attempt();
    } catch (error) {
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('S3cret@');
    }
  });

  it('is read from the environment', () => {
    const value = 'postgres://scim:S3cret@db/scim?sslmode=verify-full';
    expect(readDatabaseAddress({ DATABASE_URL: `${value}\n` })).toEqual({ ok: true, value });
  });

  it.each([{}, { DATABASE_URL: '' }, { DATABASE_URL: 'mysql://scim:S3cret@db/scim' }])(
    'is refused in a sentence that names the variable: %j',
    (variables) => {
      const error = ['DATABASE_URL must have the form postgres://user:password@host:5432/database'];
      expect(readDatabaseAddress(variables)).toEqual({ ok: false, error });
    },
  );
});
