import { Injectable } from '@nestjs/common';
import type { TenantId } from '#kernel';
import type { ProvisionedUser } from '#command-handling';
import { type AttributeParameters, parseAttributeSelection, renderResourceHead, SchemaRegistry } from '#scim-protocol';
import type { WrittenResource } from '../provisioning/written-resource.js';
import { ResourceTexts } from '../reading/resource-texts.js';

/**
 * Renders users as a write left them. Only `groups` are asked of the view, as far as it has come: to wait for it with every
 * write would cost a transaction each, and memberships are not what was written. A GET waits.
 */
@Injectable()
export class WrittenUsers {
  constructor(
    private readonly registry: SchemaRegistry,
    private readonly texts: ResourceTexts,
  ) {}

  render(
    tenant: TenantId,
    { id, revision, state }: WrittenResource,
    parameters: AttributeParameters,
    isCreated: boolean,
  ): Promise<string> {
    const { attributes: document, created, lastModified } = state as ProvisionedUser;
    const user = { type: 'User', id, document, created, lastModified, revision } as const;
    const head = renderResourceHead(this.registry, user);
    const selection = parseAttributeSelection(this.registry, 'User', parameters);
    return this.texts.complete(tenant, 'User', { id, head, isMember: !isCreated }, selection);
  }
}
