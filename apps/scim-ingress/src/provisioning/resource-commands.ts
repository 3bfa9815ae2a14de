import type { Type } from '@nestjs/common';
import type { ResourceTypeName } from '#scim-protocol';
import { DeprovisionGroup, DeprovisionGroupHandler } from './deprovision-group.js';
import { DeprovisionUser, DeprovisionUserHandler } from './deprovision-user.js';
import { PatchGroup, PatchGroupHandler } from './patch-group.js';
import { PatchUser, PatchUserHandler } from './patch-user.js';
import { ProvisionGroup, ProvisionGroupHandler } from './provision-group.js';
import { ProvisionUser, ProvisionUserHandler } from './provision-user.js';
import { ReplaceGroup, ReplaceGroupHandler } from './replace-group.js';
import { ReplaceUser, ReplaceUserHandler } from './replace-user.js';
import type { ChangeResource, CreateResource, DeleteResource } from './resource-command.js';

type Constructor<T extends abstract new (...args: never) => unknown> = new (
  ...args: ConstructorParameters<T>
) => InstanceType<T>;

/** Which command an HTTP method means for a resource type. */
export interface ResourceCommands {
  readonly create: Constructor<typeof CreateResource>;
  readonly replace: Constructor<typeof ChangeResource>;
  readonly patch: Constructor<typeof ChangeResource>;
  readonly delete: Constructor<typeof DeleteResource>;
}

export const resourceCommands: Readonly<Record<ResourceTypeName, ResourceCommands>> = {
  User: { create: ProvisionUser, replace: ReplaceUser, patch: PatchUser, delete: DeprovisionUser },
  Group: { create: ProvisionGroup, replace: ReplaceGroup, patch: PatchGroup, delete: DeprovisionGroup },
};

export const commandHandlers: readonly Type[] = [
  ProvisionUserHandler,
  ReplaceUserHandler,
  PatchUserHandler,
  DeprovisionUserHandler,
  ProvisionGroupHandler,
  ReplaceGroupHandler,
  PatchGroupHandler,
  DeprovisionGroupHandler,
];
