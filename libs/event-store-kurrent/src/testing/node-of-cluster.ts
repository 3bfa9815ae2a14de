import type { Metadata } from '@grpc/grpc-js';
import type { Faults } from './faults.js';
import type { LoopbackLog } from './loopback-log.js';

export interface EndPoint {
  readonly host: string;
  readonly port: number;
}

/** What the services of a loopback server know of the server they are part of. */
export interface NodeOfCluster {
  readonly log: LoopbackLog;
  readonly faults: Faults;
  /** Largest append in bytes. */
  readonly maxAppendSize: number;
  /** Who leads, if another node does. */
  otherLeader(): EndPoint | undefined;
  members(): readonly { readonly endPoint: EndPoint; readonly leads: boolean }[];
  /** Cuts every connection of this node. */
  cut(): void;
  /** `Basic ...` that calls have to carry; undefined: anybody may call. */
  readonly authorization: string | undefined;
  /** Every subscription that was ever taken, in order. */
  readonly subscriptions: ServedSubscription[];
}

export interface ServedSubscription {
  /** Position it begins after. */
  readonly after: bigint;
  /** Events it has looked at, whether they matched or not. */
  searched: number;
  over: boolean;
  drop(error: Error): void;
}

export function mayCall(node: NodeOfCluster, metadata: Metadata): boolean {
  return node.authorization === undefined || metadata.get('authorization')[0] === node.authorization;
}

/** Whether the caller wants the leader, and this node is not it. */
export function misdirected(node: NodeOfCluster, metadata: Metadata): EndPoint | undefined {
  return metadata.get('requires-leader')[0] === 'true' ? node.otherLeader() : undefined;
}
