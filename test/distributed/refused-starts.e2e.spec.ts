import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** EX_CONFIG of sysexits.h. */
const wrongConfiguration = 78;

const mistakes = {
  PORT: 'http',
  EVENTSTORE_URL: 'esdb://user:pass-word@acme.test?tls=perhaps',
  EVENTSTORE_NAMESPACE: 'Acme',
  DATABASE_URL: 'mysql://user:pass-word@acme.test',
  SCIM_SCHEMAS: '/nowhere/schemas.json',
};

/** The variables that a start of the compiled process names as wrong, of those above and what it has besides. */
function namedBy(app: string, besides: Readonly<Record<string, string>>): readonly string[] {
  const env = { PATH: process.env['PATH'], ...mistakes, ...besides };
  const program = `${root}dist/apps/${app}/src/main.js`;
  const { status, stderr } = spawnSync(process.execPath, [program], { env, encoding: 'utf8' });
  expect(status).toBe(wrongConfiguration);
  expect(stderr).not.toContain('pass-word');
  return stderr.split('\n').flatMap((line) => /^ {2}- ([A-Z_]+):? /.exec(line)?.[1] ?? []);
}

describe('a start is refused in words that name every mistake at once', () => {
  it.each([
    ['scim-ingress', { NAME_SECRET: 'short', SCIM_BEARER_TOKEN: 'short' }],
    ['projector', { KAFKA_BROKERS: 'acme.test' }],
  ])('by the %s', (app, besides) => {
    expect([...namedBy(app, besides)].sort()).toEqual(Object.keys({ ...mistakes, ...besides }).sort());
  });
});
