import type { KafkaMessage } from 'kafkajs';

/** A message of the topics of SCIM Ledger (docs/kafka.md), as far as this program reads it. */
export interface ProvisioningMessage {
  readonly key: string;
  /** `ce_type`, e.g. `user.provisioned.v1`. */
  readonly type: string;
  /** Place of the event among those of its user or group. */
  readonly revision: number;
  readonly tenant: string;
  readonly actor: string;
  /** Null: a tombstone. */
  readonly value: ProvisioningValue | null;
}

/** What the values hold that matters here; they hold more. */
export interface ProvisioningValue {
  readonly userId?: string;
  readonly groupId?: string;
  readonly enabled?: boolean;
  readonly attributes?: Names & { readonly active?: boolean };
  readonly assigned?: Names;
  readonly added?: readonly { readonly value: string }[];
  readonly removed?: readonly string[];
}

interface Names {
  readonly userName?: string;
  readonly displayName?: string;
}

export function readMessage({ key, value, headers }: KafkaMessage): ProvisioningMessage {
  const header = (name: string) => String(headers?.[name] ?? '');
  const text = String(key);
  return {
    key: text,
    type: header('ce_type'),
    revision: Number(header('ce_streamrevision')),
    tenant: text.slice(0, text.indexOf(':')),
    actor: header('ce_actor'),
    value: value === null ? null : (JSON.parse(String(value)) as ProvisioningValue),
  };
}
