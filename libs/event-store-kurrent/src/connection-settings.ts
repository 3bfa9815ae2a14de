import { readFileSync } from 'node:fs';
import {
  type ChannelCredentialOptions,
  LEADER,
  type NodePreference,
  type SingleNodeOptions,
} from '@eventstore/db-client';
import { parseConnectionString } from '@eventstore/db-client/dist/Client/parseConnectionString.js';

type Parsed = ReturnType<typeof parseConnectionString>;

/** How to reach the server, as the client's constructor takes it. */
export interface ConnectionSettings {
  /** One node, several of a cluster, or a name to discover them by; with timeouts and node preference. */
  readonly nodes: SingleNodeOptions & { readonly nodePreference?: NodePreference };
  readonly channel: ChannelCredentialOptions;
  readonly credentials: NonNullable<Parsed['defaultCredentials']> | undefined;
}

/** The connection string cannot be used. The message repeats no part of it but a path, as it may hold a password. */
export class ConnectionStringRefused extends Error {
  override readonly name = 'ConnectionStringRefused';

  constructor(reason: string) {
    super(`The connection string of the event store cannot be used: ${reason}`);
  }
}

const scheme = /^(?:esdb|kurrentdb)(\+discover)?:\/\//;
const knownOptions = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'tlsVerifyCert',
  'userCertFile',
  'userKeyFile',
];

/**
 * Reads `esdb://user:password@host:2113,host:2113?option=value&...` (or `esdb+discover://`; `kurrentdb` is the same as
 * `esdb`) and the certificates it names.
 *
 * @throws ConnectionStringRefused
 */
export function connectionSettings(connectionString: string): ConnectionSettings {
  const { hosts, dnsDiscover, defaultCredentials, ...options } = parse(connectionString.trim());
  const [host] = hosts;
  if (host === undefined) throw new ConnectionStringRefused('it names no host');
  assertTimesAreValid(options);
  const nodes = dnsDiscover ? { discover: host } : hosts.length > 1 ? { endpoints: hosts } : { endpoint: host };
  return {
    // The client's constructor has an overload for each of the three, but none for "one of them". Whatever the string
    // says, a failed append has to throw: the other form reports a wrong revision.
    nodes: { ...options, ...nodes, throwOnAppendFailure: true } as unknown as SingleNodeOptions,
    channel: channelCredentials(options),
    credentials: defaultCredentials,
  };
}

/** The same, for calls that only the leader may answer. The same object where the leader is preferred anyway. */
export function leaderSettings(settings: ConnectionSettings): ConnectionSettings {
  const { nodePreference = LEADER } = settings.nodes;
  return nodePreference === LEADER ? settings : { ...settings, nodes: { ...settings.nodes, nodePreference: LEADER } };
}

function parse(text: string): Parsed {
  const [start, discover = ''] = scheme.exec(text) ?? [];
  if (start === undefined) throw new ConnectionStringRefused('it has to begin with esdb:// or esdb+discover://');
  assertOptionsAreKnown(text);
  try {
    return parseConnectionString(`esdb${discover}://${text.slice(start.length)}`);
  } catch (error) {
    const expected = error instanceof Error && 'expected' in error ? String(error.expected) : 'another form';
    throw new ConnectionStringRefused(`expected ${expected}; see docs/eventstoredb.md`);
  }
}

/** The client's own parser passes over what it does not know, with a warning that shows the whole string. */
function assertOptionsAreKnown(text: string): void {
  const known = new Set(knownOptions.map((option) => option.toLowerCase()));
  for (const option of text.split('?').slice(1).join('?').split('&')) {
    const [key = '', value] = option.split('=');
    if (key !== '' && !known.has(key.toLowerCase())) {
      throw new ConnectionStringRefused(`an option is none of ${knownOptions.join(', ')}`);
    }
    if (key.toLowerCase() === 'tlsverifycert' && value === 'false') {
      throw new ConnectionStringRefused('tlsVerifyCert=false is not supported; name the authority in tlsCAFile');
    }
  }
}

function assertTimesAreValid({
  defaultDeadline = 1,
  keepAliveInterval = 0,
  keepAliveTimeout = 0,
}: Partial<Parsed>): void {
  if (defaultDeadline <= 0) throw new ConnectionStringRefused('defaultDeadline has to be more than 0 milliseconds');
  if (Math.min(keepAliveInterval, keepAliveTimeout) < -1) {
    throw new ConnectionStringRefused('keepAliveInterval and keepAliveTimeout are milliseconds, or -1 for none');
  }
}

function channelCredentials({ tls, tlsCAFile, userCertFile, userKeyFile }: Partial<Parsed>): ChannelCredentialOptions {
  if (tls === false) return { insecure: true };
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new ConnectionStringRefused('userCertFile and userKeyFile need one another');
  }
  return {
    ...(tlsCAFile !== undefined && { rootCertificate: fileOf('tlsCAFile', tlsCAFile) }),
    ...(userCertFile !== undefined && { userCertFile: fileOf('userCertFile', userCertFile) }),
    ...(userKeyFile !== undefined && { userKeyFile: fileOf('userKeyFile', userKeyFile) }),
  };
}

function fileOf(option: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new ConnectionStringRefused(`the file of ${option} cannot be read: ${path}`);
  }
}
