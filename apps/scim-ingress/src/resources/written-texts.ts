import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { TenantId } from '#kernel';
import {
  type AttributeParameters,
  parseAttributeSelection,
  renderResourceHead,
  type ResourceTypeName,
  SchemaRegistry,
} from '#scim-protocol';
import type { ProvisionedResource, WrittenResource } from '../provisioning/written-resource.js';
import { type FoundResource, GetResource } from '../reading/get-resource.js';
import { ResourceTexts } from '../reading/resource-texts.js';

const noMembers = '';

/** What is answered of a resource, and its revision: a later one than was written where others wrote since. */
type ShownResource = Pick<FoundResource, 'text' | 'revision'>;

/**
 * Renders resources as a write left them, without waiting for the view. Of a user only `groups` are asked of the view, as
 * far as it has come: to wait for it with every write would cost a transaction each, and memberships are not what was
 * written. A GET waits.
 */
@Injectable()
export class WrittenTexts {
  constructor(
    private readonly registry: SchemaRegistry,
    private readonly texts: ResourceTexts,
    private readonly queries: QueryBus,
  ) {}

  /** @returns undefined where the resource is gone by now. */
  async render(
    tenant: TenantId,
    type: ResourceTypeName,
    written: WrittenResource<ProvisionedResource>,
    parameters: AttributeParameters,
    isCreated: boolean,
  ): Promise<ShownResource | undefined> {
    if (type === 'User') return this.#render(tenant, type, written, parameters, !isCreated);
    // Members would have been a second event. Only the view knows all about them: they are answered as a GET shows them.
    const isMemberless = isCreated && written.revision === 0;
    if (isMemberless) return this.#render(tenant, type, written, parameters, false, noMembers);
    return this.queries.execute(new GetResource(tenant, type, written.id, parameters));
  }

  async #render(
    tenant: TenantId,
    type: ResourceTypeName,
    { id, revision, state }: WrittenResource<ProvisionedResource>,
    parameters: AttributeParameters,
    isMember: boolean,
    members?: string,
  ): Promise<ShownResource | undefined> {
    const { attributes: document, created, lastModified } = state;
    const head = renderResourceHead(this.registry, { type, id, document, created, lastModified, revision });
    const selection = parseAttributeSelection(this.registry, type, parameters);
    return this.texts.complete(tenant, type, { id, head, revision, isMember }, selection, members);
  }
}
