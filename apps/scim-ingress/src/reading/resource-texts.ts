import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject, TenantId } from '#kernel';
import type { DirectoryReader } from '#directory-view';
import { type AttributeSelection, completeResource, type ResourceTypeName } from '#scim-protocol';
import { Addresses } from './addresses.js';
import { DIRECTORY_READER } from './directory-reader.token.js';

/** A resource as text up to `meta.version`; see `renderResourceHead`. */
export interface ResourceHead {
  readonly id: string;
  readonly head: string;
}

/** Completes stored texts to what a client asked for. Parses only where attributes were selected. */
@Injectable()
export class ResourceTexts {
  constructor(
    @Inject(DIRECTORY_READER) private readonly reader: DirectoryReader,
    private readonly addresses: Addresses,
  ) {}

  /** @param members JSON text of a group's members where they are known already. */
  async complete(
    tenant: TenantId,
    type: ResourceTypeName,
    { id, head }: ResourceHead,
    selection: AttributeSelection | undefined,
    members?: string,
  ): Promise<string> {
    const base = this.addresses.base(tenant);
    const tail = {
      location: this.addresses.resource(tenant, type, id),
      groups:
        type === 'User' && (!selection || selection.wants('groups'))
          ? await this.reader.groupsOf(tenant, id, base)
          : undefined,
      members:
        type === 'Group' && (!selection || selection.wants('members'))
          ? (members ?? (await this.reader.membersOf(tenant, id, base)))
          : undefined,
    };
    const text = completeResource(head, tail);
    if (!selection || selection.keepsHead) return text;
    return JSON.stringify(selection.apply(JSON.parse(text) as JsonObject));
  }
}
