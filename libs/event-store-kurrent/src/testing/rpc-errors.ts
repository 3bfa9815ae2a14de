import { Metadata, type ServiceError, status } from '@grpc/grpc-js';

/**
 * Failures as EventStoreDB tells them: `RpcExceptions` and `Constants` of kurrent-io/KurrentDB
 * (src/KurrentDB.Core/Services/Transport/Grpc).
 */
export function notLeader(leader: { readonly host: string; readonly port: number }): ServiceError {
  return rpcError(status.NOT_FOUND, 'Leader info available', {
    exception: 'not-leader',
    'leader-endpoint-host': leader.host,
    'leader-endpoint-port': String(leader.port),
  });
}

export function maximumAppendSizeExceeded(limit: number): ServiceError {
  return rpcError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });
}

export function accessDenied(): ServiceError {
  return rpcError(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
}

export function invalidRequest(): ServiceError {
  return rpcError(status.INVALID_ARGUMENT, 'The first message has to hold the options');
}

export function serverNotReady(): ServiceError {
  return rpcError(status.UNAVAILABLE, 'Server Is Not Ready');
}

export function invalidPosition(): ServiceError {
  return rpcError(status.UNKNOWN, 'Unexpected FilteredReadAllResult: InvalidPosition');
}

/** Servers before the readers of 20.x, and proxies, end a subscription whose reader does not keep up. */
export function consumerTooSlow(): ServiceError {
  return rpcError(status.ABORTED, 'Consumer too slow to handle event while live. Client resubscription required.');
}

function rpcError(code: status, details: string, trailers: Readonly<Record<string, string>> = {}): ServiceError {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
}
