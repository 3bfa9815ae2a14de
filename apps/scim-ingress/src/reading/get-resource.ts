import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { ResourceId, TenantId } from '#kernel';
import { DirectoryLog } from '#command-handling';
import { type DirectoryReader, isViewFailure, memberTexts } from '#directory-view';
import {
  type AttributeParameters,
  type AttributeSelection,
  parseAttributeSelection,
  renderResourceHead,
  type ResourceTypeName,
  SchemaRegistry,
} from '#scim-protocol';
import { isAnyKnown, isKnownVersion } from '../http/preconditions.js';
import { Addresses } from './addresses.js';
import { DIRECTORY_READER } from './directory-reader.token.js';
import { READ_YOUR_WRITES, type ReadScope, type ReadYourWrites } from './read-your-writes.js';
import { type ResourceHead, ResourceTexts } from './resource-texts.js';
import { showsMemberships } from './shows-memberships.js';

export interface FoundResource {
  readonly revision: number;
  /** Undefined where the client has this version already. */
  readonly text: string | undefined;
  /** Whether it may show members who were deleted: the log has not heard of the end of their memberships yet. */
  readonly showsDeleted: boolean;
}

/** One resource by its id (RFC 7644 section 3.4.1). */
export class GetResource extends Query<FoundResource | undefined> {
  constructor(
    readonly tenantId: TenantId,
    readonly type: ResourceTypeName,
    readonly id: ResourceId,
    readonly parameters: AttributeParameters,
    readonly ifNoneMatch?: string,
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

  async execute(query: GetResource): Promise<FoundResource | undefined> {
    const selection = parseAttributeSelection(this.registry, query.type, query.parameters);
    const scope = scopeOf(query, selection);
    const isReadable = this.readYourWrites.isCurrent(scope) || (await this.readYourWrites.readable(scope));
    if (!isReadable) return this.#fromLog(query, selection, this.readYourWrites.showsDeleted(scope));
    try {
      // Of a client that has none of its versions the whole is read at once.
      if (query.type === 'Group' && scope.withMemberships && query.ifNoneMatch === undefined) {
        const group = await this.texts.groupWithMembers(query.tenantId, query.id, selection);
        return group && { ...group, showsDeleted: false };
      }
      const row = await this.reader.find(query.tenantId, query.type, query.id);
      return row && (await this.#answer(query, selection, { id: query.id, ...row }));
    } catch (error) {
      if (!isViewFailure(error)) throw error;
      return this.#fromLog(query, selection);
    }
  }

  async #fromLog(
    query: GetResource,
    selection: AttributeSelection | undefined,
    showsDeleted = false,
  ): Promise<FoundResource | undefined> {
    const { tenantId, type, id } = query;
    const found = await (type === 'User' ? this.log.user(tenantId, id) : this.log.group(tenantId, id));
    if (!found) return undefined;
    const { revision } = found;
    const { attributes, created, lastModified } = found.state;
    const head = renderResourceHead(this.registry, {
      type,
      id,
      document: attributes,
      created,
      lastModified,
      revision,
    });
    const members = 'members' in found ? memberTexts(found.members, this.addresses.base(tenantId)) : undefined;
    const answer = await this.#answer(query, selection, { id, head, revision, isMember: true }, members);
    return answer && { ...answer, showsDeleted };
  }

  async #answer(
    { tenantId, type, ifNoneMatch }: GetResource,
    selection: AttributeSelection | undefined,
    resource: ResourceHead,
    knownMembers?: string,
  ): Promise<FoundResource | undefined> {
    const { revision } = resource;
    // A user's version does not move with its memberships, so where they are shown it says too little.
    const isCovered = type !== 'User' || !showsMemberships(type, selection);
    const isKnown = isAnyKnown(ifNoneMatch) || (isCovered && isKnownVersion(ifNoneMatch, revision));
    if (isKnown) return { revision, text: undefined, showsDeleted: false };
    const completed = await this.texts.complete(tenantId, type, resource, selection, knownMembers);
    return completed && { ...completed, showsDeleted: false };
  }
}

function scopeOf({ tenantId: tenant, type, id }: GetResource, selection: AttributeSelection | undefined): ReadScope {
  return { of: 'resource', tenant, type, id, withMemberships: showsMemberships(type, selection) };
}
