import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { err, ok, type Result, type TenantId } from '#kernel';
import type { DirectoryReader } from '#directory-view';
import {
  type ListQuery,
  parseAttributeSelection,
  renderListResponse,
  type ResourceTypeName,
  SchemaRegistry,
  type ScimError,
  scimError,
} from '#scim-protocol';
import { type BoundedPage, readBoundedPage, refuseShortPage } from './bounded-page.js';
import { fromCompleteView } from './complete-view.js';
import { directoryQuery } from './directory-query.js';
import { type ListScope, listScope } from './list-scope.js';
import { DIRECTORY_READER } from './directory-reader.token.js';
import { READ_YOUR_WRITES, type ReadYourWrites } from './read-your-writes.js';
import { ResourceTexts } from './resource-texts.js';

/** A page of resources of every type, users first (RFC 7644 sections 3.4.2.1 and 3.4.3). */
export class SearchEverything extends Query<Result<string, ScimError>> {
  constructor(
    readonly tenantId: TenantId,
    readonly query: ListQuery,
  ) {
    super();
  }
}

/** One list after the other, paged as if they were one. */
@QueryHandler(SearchEverything)
export class SearchEverythingHandler implements IQueryHandler<SearchEverything> {
  constructor(
    @Inject(DIRECTORY_READER) private readonly reader: DirectoryReader,
    private readonly texts: ResourceTexts,
    private readonly registry: SchemaRegistry,
    @Inject(READ_YOUR_WRITES) private readonly readYourWrites: ReadYourWrites,
  ) {}

  async execute({ tenantId, query }: SearchEverything): Promise<Result<string, ScimError>> {
    const { page } = query;
    if (page.method === 'cursor') {
      return err(scimError('invalidValue', { reason: 'A search over all resource types is paged by startIndex' }));
    }
    const first = page.method === 'index' ? page.startIndex : 1;
    const scopes: ListScope[] = [];
    for (const { name: type } of this.registry.resourceTypes) {
      const wanted = directoryQuery(this.registry, tenantId, type, query, 'all types');
      if (!wanted.ok) return wanted;
      scopes.push(listScope(this.registry, tenantId, type, query, wanted.value));
    }
    return fromCompleteView(
      () => this.#isReadable(scopes),
      () => this.#read(tenantId, query, first),
    );
  }

  async #isReadable(scopes: readonly ListScope[]): Promise<boolean> {
    for (const scope of scopes) {
      if (!this.readYourWrites.isCurrent(scope) && !(await this.readYourWrites.readable(scope))) return false;
    }
    return true;
  }

  async #read(tenantId: TenantId, query: ListQuery, first: number): Promise<Result<string, ScimError>> {
    const resources: string[] = [];
    let totalResults = 0;
    for (const { name: type } of this.registry.resourceTypes) {
      const startIndex = Math.max(1, first - totalResults);
      const count: number = query.page.count - resources.length;
      const part = await this.#part(tenantId, type, { ...query, page: { method: 'index', startIndex, count } });
      if (!part.ok) return part;
      const refusal = refuseShortPage({ startIndex, count }, part.value);
      if (refusal) return err(refusal);
      totalResults += part.value.totalResults;
      resources.push(...part.value.texts);
    }
    return ok(renderListResponse({ totalResults, startIndex: first, resources }));
  }

  async #part(tenantId: TenantId, type: ResourceTypeName, query: ListQuery): Promise<Result<BoundedPage, ScimError>> {
    const wanted = directoryQuery(this.registry, tenantId, type, query, 'all types');
    if (!wanted.ok) return wanted;
    const selection = parseAttributeSelection(this.registry, type, query);
    return readBoundedPage(
      wanted.value,
      (query) => this.reader.list(tenantId, type, query),
      (resources) => this.texts.completeFirst(tenantId, type, resources, selection),
    );
  }
}
