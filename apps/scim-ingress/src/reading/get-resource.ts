import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ResourceId, TenantId } from '#kernel';
import { DirectoryLog } from '#command-handling';
import { type DirectoryReader, isViewFailure } from '#directory-view';
import {
  type AttributeParameters,
  type AttributeSelection,
  parseAttributeSelection,
  renderResourceHead,
  type ResourceTypeName,
  SchemaRegistry,
} from '#scim-protocol';
import { Addresses } from './addresses.js';
import { DIRECTORY_READER } from './directory-reader.token.js';
import { memberTexts } from './member-texts.js';
import { READ_YOUR_WRITES, type ReadYourWrites } from './read-your-writes.js';
import { ResourceTexts } from './resource-texts.js';

export interface FoundResource {
  readonly revision: number;
  readonly text: string;
}

/** One resource by its id (RFC 7644 section 3.4.1). */
export class GetResource extends Query<FoundResource | undefined> {
  constructor(
    readonly tenantId: TenantId,
    readonly type: ResourceTypeName,
    readonly id: ResourceId,
    readonly parameters: AttributeParameters,
  ) {
    super();
  }
}

/** Answers from the view; where the view is late, damaged or away, from the log itself. */
@QueryHandler(GetResource)
export class GetResourceHandler implements IQueryHandler<GetResource> {
  constructor(
    @Inject(DIRECTORY_READER) private readonly reader: DirectoryReader,
    private readonly log: DirectoryLog,
    private readonly texts: ResourceTexts,
    private readonly registry: SchemaRegistry,
    private readonly addresses: Addresses,
    @Inject(READ_YOUR_WRITES) private readonly readYourWrites: ReadYourWrites,
  ) {}

  async execute({ tenantId, type, id, parameters }: GetResource): Promise<FoundResource | undefined> {
    const selection = parseAttributeSelection(this.registry, type, parameters);
    if (!(await this.readYourWrites.readable())) return this.#fromLog(tenantId, type, id, selection);
    try {
      return await this.#fromView(tenantId, type, id, selection);
    } catch (error) {
      if (!isViewFailure(error)) throw error;
      return this.#fromLog(tenantId, type, id, selection);
    }
  }

  async #fromView(
    tenantId: TenantId,
    type: ResourceTypeName,
    id: ResourceId,
    selection: AttributeSelection | undefined,
  ): Promise<FoundResource | undefined> {
    const row = await this.reader.find(tenantId, type, id);
    if (!row) return undefined;
    const text = await this.texts.complete(tenantId, type, { id, head: row.head }, selection);
    return { revision: row.revision, text };
  }

  async #fromLog(
    tenantId: TenantId,
    type: ResourceTypeName,
    id: ResourceId,
    selection: AttributeSelection | undefined,
  ): Promise<FoundResource | undefined> {
    const found = await (type === 'User' ? this.log.user(tenantId, id) : this.log.group(tenantId, id));
    if (!found) return undefined;
    const { attributes, created, lastModified } = found.state;
    const head = renderResourceHead(this.registry, {
      ...{ type, id, document: attributes, created, lastModified, revision: found.revision },
    });
    const members = 'members' in found ? memberTexts(found.members, this.addresses.base(tenantId)) : undefined;
    return {
      revision: found.revision,
      text: await this.texts.complete(tenantId, type, { id, head }, selection, { members }),
    };
  }
}
