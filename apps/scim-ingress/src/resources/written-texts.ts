import { Inject, Injectable } from '@nestjs/common';
import type { TenantId } from '#kernel';
import type { ProvisionedGroup, ProvisionedUser } from '#command-handling';
import { memberTexts } from '#directory-view';
import {
  type AttributeParameters,
  parseAttributeSelection,
  renderResourceHead,
  type ResourceTypeName,
  SchemaRegistry,
} from '#scim-protocol';
import type { WrittenResource } from '../provisioning/written-resource.js';
import { Addresses } from '../reading/addresses.js';
import { ResourceTexts } from '../reading/resource-texts.js';

/** Renders what a write decided, without asking the view, which may not have heard of it yet. */
@Injectable()
export class WrittenTexts {
  constructor(
    private readonly registry: SchemaRegistry,
    private readonly texts: ResourceTexts,
    @Inject(Addresses) private readonly addresses: Addresses,
  ) {}

  render(
    tenant: TenantId,
    type: ResourceTypeName,
    written: WrittenResource,
    parameters: AttributeParameters,
    isCreated: boolean,
  ): Promise<string> {
    const { id, revision, members } = written;
    const { attributes, created, lastModified } = written.state as ProvisionedUser | ProvisionedGroup;
    const head = renderResourceHead(this.registry, {
      ...{ type, id, document: attributes, created, lastModified, revision },
    });
    const selection = parseAttributeSelection(this.registry, type, parameters);
    const known = {
      members: members && `[${memberTexts(members, this.addresses.base(tenant))}]`,
      isInNoGroup: isCreated,
    };
    return this.texts.complete(tenant, type, { id, head }, selection, known);
  }
}
