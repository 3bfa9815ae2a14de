import { describe, expect, it, jest } from '@jest/globals';
import { ConnectionStringRefused, connectionSettings, leaderSettings } from './connection-settings.js';

describe('a connection string', () => {
  it('names one node, its credentials and its deadlines', () => {
    const { nodes, channel, credentials } = connectionSettings(
      'esdb://admin:s%3Acret@db.example:2114?defaultDeadline=5000&keepAliveInterval=20000&connectionName=ledger',
    );
    expect(nodes).toMatchObject({ endpoint: { address: 'db.example', port: 2114 }, connectionName: 'ledger' });
    expect(nodes).toMatchObject({ defaultDeadline: 5_000, keepAliveInterval: 20_000 });
    expect(credentials).toEqual({ username: 'admin', password: 's:cret' });
    expect(channel).toEqual({});
  });

  it.each([
    { string: 'esdb://a:1,b:2?nodePreference=follower', nodes: { endpoints: [{ address: 'a' }, { address: 'b' }] } },
    { string: 'esdb+discover://cluster.example', nodes: { discover: { address: 'cluster.example', port: 2113 } } },
    { string: 'kurrentdb+discover://cluster.example:1', nodes: { discover: { port: 1 } } },
    { string: ' kurrentdb://db.example/ ', nodes: { endpoint: { address: 'db.example' } } },
  ])('may be $string', ({ string, nodes }) => {
    expect(connectionSettings(string).nodes).toMatchObject(nodes);
  });

  it('goes without TLS only where it says so', () => {
    expect(connectionSettings('esdb://localhost?tls=false').channel).toEqual({ insecure: true });
    expect(connectionSettings('esdb://localhost').channel.insecure).toBeUndefined();
  });

  it('cannot make a failed append pass for a successful call', () => {
    expect(connectionSettings('esdb://localhost?throwOnAppendFailure=false').nodes.throwOnAppendFailure).toBe(true);
  });

  it('says which node subscriptions prefer; everything else goes to the leader', () => {
    const settings = connectionSettings('esdb://a,b?nodePreference=follower');
    expect(leaderSettings(settings).nodes.nodePreference).toBe('leader');
    const atLeader = connectionSettings('esdb://a,b');
    expect(leaderSettings(atLeader)).toBe(atLeader);
  });

  it.each([
    'postgres://admin:hunter2@localhost',
    'esdb:/admin:hunter2@localhost',
    'esdb://admin:hunter2@',
    'esdb://admin:hunter2@local:host:2113',
    'esdb://admin:hunter2@localhost:port',
    'esdb://admin:hunter2@localhost?tls=hunter2',
    'esdb://admin:hunter2@localhost?unheardOf=true',
    'esdb://admin:hunter2@localhost?tlsVerifyCert=false',
    'esdb://admin:hunter2@localhost?nodePreference=hunter2',
    'esdb://admin:hunter2@localhost?defaultDeadline=0',
    'esdb://admin:hunter2@localhost?keepAliveTimeout=-2',
    'esdb://admin:hunter2@localhost?userCertFile=/tmp/cert.pem',
    'esdb://admin:hunter2@localhost?tlsCAFile=/nowhere/ca.pem',
  ])('%s is refused without showing its password', (string) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    let refusal: unknown;
    try {
      connectionSettings(string);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConnectionStringRefused);
    expect(JSON.stringify([String(refusal), refusal, warn.mock.calls])).not.toContain('hunter2');
    warn.mockRestore();
  });
});
