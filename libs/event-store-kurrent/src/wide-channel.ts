import { Channel, ChannelCredentials, type ChannelOptions } from '@grpc/grpc-js';
import type { ChannelCredentialOptions } from '@eventstore/db-client';
import type { ConnectionSettings } from './connection-settings.js';

/**
 * What a server may send before it has to hear that it was taken, bytes (RFC 9113 section 5.2). HTTP/2 begins with 64 KiB,
 * some forty events, and the client leaves it at that: after each forty a subscription waits for the way there and back. As
 * much may lie in the memory of this process for each of its reads.
 */
const windowSize = 1024 * 1024;

/** Bytes. The server may hold events that are larger than what it takes by this protocol; the client allows as many. */
const largestMessage = 17 * 1024 * 1024;

/** Never. */
const off = Number.MAX_VALUE;
/** The client's own, milliseconds. */
const defaultKeepAlive = 10_000;

/**
 * A channel to where another one leads that has not been used yet, and as the client would have made it, but for the
 * window.
 *
 * @param target as `Channel.getTarget` says it.
 */
export function openWideChannel(target: string, { nodes, channel }: ConnectionSettings): Channel {
  const { keepAliveInterval = defaultKeepAlive, keepAliveTimeout = defaultKeepAlive } = nodes;
  const options: ChannelOptions = {
    'grpc.keepalive_time_ms': keepAliveInterval < 0 ? off : keepAliveInterval,
    'grpc.keepalive_timeout_ms': keepAliveTimeout < 0 ? off : keepAliveTimeout,
    'grpc.max_receive_message_length': largestMessage,
    'grpc-node.flow_control_window': windowSize,
  };
  return new Channel(target, credentialsOf(channel), options);
}

function credentialsOf({ insecure, rootCertificate, userKeyFile, userCertFile }: ChannelCredentialOptions) {
  if (insecure) return ChannelCredentials.createInsecure();
  return ChannelCredentials.createSsl(rootCertificate, userKeyFile, userCertFile);
}
