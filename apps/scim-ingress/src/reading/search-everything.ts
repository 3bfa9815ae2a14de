import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { err, ok, type Result, type TenantId } from '#kernel';
import type { DirectoryQuery, DirectoryReader } from '#directory-view';
import {
  type AttributeSelection,
  type ListQuery,
  parseAttributeSelection,
  renderListResponse,
  SchemaRegistry,
  type ScimError,
  scimError,
} from '#scim-protocol';
import { readBoundedPage, refuseShortPage } from './bounded-page.js';
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

/** The list of one type. */
interface Part {
  readonly wanted: DirectoryQuery;
  readonly selection: AttributeSelection | undefined;
  readonly scope: ListScope;
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
    const startIndex = page.method === 'index' ? page.startIndex : 1;
    const parts: Part[] = [];
    for (const { name: type } of this.registry.resourceTypes) {
      const wanted = directoryQuery(this.registry, tenantId, type, query, 'all types');
      if (!wanted.ok) return wanted;
      const selection = parseAttributeSelection(this.registry, type, query);
      parts.push({ wanted: wanted.value, selection, scope: listScope(tenantId, type, selection, wanted.value) });
    }
    return fromCompleteView(
      () => this.#isReadable(parts),
      () => this.#read(parts, startIndex, page.count),
    );
  }

  async #isReadable(parts: readonly Part[]): Promise<boolean> {
    for (const { scope } of parts) {
      if (!this.readYourWrites.isCurrent(scope) && !(await this.readYourWrites.readable(scope))) return false;
    }
    return true;
  }

  async #read(parts: readonly Part[], first: number, most: number): Promise<Result<string, ScimError>> {
    const resources: string[] = [];
    let totalResults = 0;
    for (const part of parts) {
      const startIndex = Math.max(1, first - totalResults);
      const count = most - resources.length;
      const page = await this.#readPart(part, startIndex, count);
      if (!page.ok) return page;
      const refusal = refuseShortPage({ startIndex, count }, page.value);
      if (refusal) return err(refusal);
      totalResults += page.value.totalResults;
      resources.push(...page.value.texts);
    }
    return ok(renderListResponse({ totalResults, startIndex: first, resources }));
  }

  #readPart({ wanted, selection, scope }: Part, startIndex: number, count: number) {
    const { tenant, type } = scope;
    return readBoundedPage(
      { ...wanted, page: { kind: 'index', startIndex, count } },
      (query) => this.reader.list(tenant, type, query),
      (resources) => this.texts.completeFirst(tenant, type, resources, selection),
    );
  }
}
