import type { ProvisioningMessage, ProvisioningValue } from '../contract/provisioning-message.js';

/** A message as the topics would have it, of the tenant acme. */
export function message(
  type: string,
  key: string,
  revision: number,
  value: ProvisioningValue | null = {},
): ProvisioningMessage {
  return { type: `${type}.v1`, key: `acme:${key}`, value, tenant: 'acme', actor: 'credential:test', revision };
}

export const userState = (id: string, revision: number) =>
  message('user.state', id, revision, { enabled: true, attributes: { userName: id } });

export const groupState = (id: string, revision: number) =>
  message('group.state', id, revision, { attributes: { displayName: id } });

export const membership = (group: string, member: string, revision: number) =>
  message('membership.state', `${group}:${member}`, revision, { groupId: group });

export const noMembership = (group: string, member: string, revision: number) =>
  message('membership.state', `${group}:${member}`, revision, null);

export function membersChanged(
  group: string,
  revision: number,
  { added = [], removed = [] }: { readonly added?: readonly string[]; readonly removed?: readonly string[] },
): ProvisioningMessage {
  return message('group.membership-changed', group, revision, { added: added.map((value) => ({ value })), removed });
}
