import type { Type } from '@nestjs/common';
import type { ResourceTypeName } from '#scim-protocol';
import { CreateGroup, CreateGroupHandler } from './create-group.js';
import { CreateUser, CreateUserHandler } from './create-user.js';
import { DeleteGroup, DeleteGroupHandler } from './delete-group.js';
import { DeleteUser, DeleteUserHandler } from './delete-user.js';
import { PatchGroup, PatchGroupHandler } from './patch-group.js';
import { PatchUser, PatchUserHandler } from './patch-user.js';
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
  User: { create: CreateUser, replace: ReplaceUser, patch: PatchUser, delete: DeleteUser },
  Group: { create: CreateGroup, replace: ReplaceGroup, patch: PatchGroup, delete: DeleteGroup },
};

export const commandHandlers: readonly Type[] = [
  CreateUserHandler,
  ReplaceUserHandler,
  PatchUserHandler,
  DeleteUserHandler,
  CreateGroupHandler,
  ReplaceGroupHandler,
  PatchGroupHandler,
  DeleteGroupHandler,
];
