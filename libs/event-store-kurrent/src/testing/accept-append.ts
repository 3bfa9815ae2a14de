import type { Metadata } from '@grpc/grpc-js';
import type { Expectation } from './commit-check.js';
import type { WriteResult } from './loopback-log.js';
import { type NodeOfCluster, mayCall } from './node-of-cluster.js';
import { type ProposedRecord, sizeOf } from './stored-record.js';

export interface ProposedAppend {
  readonly stream: string;
  readonly expected: Expectation;
  readonly events: readonly ProposedRecord[];
}

/** What the server answers to an append, in whatever message; undefined: it does not. */
export type AppendAnswer = WriteResult | { readonly result: 'access denied' | 'not ready' | 'too large' };

/** Takes an append, or has the fault that was asked of it. */
export async function acceptAppend(
  node: NodeOfCluster,
  caller: Metadata,
  { stream, expected, events }: ProposedAppend,
): Promise<AppendAnswer | undefined> {
  if (!mayCall(node, caller)) return { result: 'access denied' };
  const size = events.reduce((sum, event) => sum + sizeOf(event), 0);
  if (size > node.maxAppendSize) return { result: 'too large' };
  const fault = node.faults.takeForAppend();
  if (fault === 'not ready') return { result: 'not ready' };
  if (fault === 'connection lost before commit') return void node.cut();
  const result = node.log.write(stream, expected, events);
  await node.faults.answering;
  if (fault === 'connection lost after commit') return void node.cut();
  return fault === 'never answered' ? undefined : result;
}
