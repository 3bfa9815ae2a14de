import { Inject } from '@nestjs/common';
import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { err, ok, type Result, type TenantId } from '#kernel';
import { type DirectoryQuery, type DirectoryReader, encodeCursor } from '#directory-view';
import {
  type AttributeSelection,
  type ListQuery,
  type Page,
  parseAttributeSelection,
  renderListResponse,
  type ResourceTypeName,
  SchemaRegistry,
  type ScimError,
} from '#scim-protocol';
import { fromCompleteView } from './complete-view.js';
import { DIRECTORY_READER } from './directory-reader.token.js';
import { type ListScope, listScope } from './list-scope.js';
import { cursorScope, directoryQuery } from './directory-query.js';
import { readBoundedPage, refuseShortPage } from './bounded-page.js';
import { READ_YOUR_WRITES, type ReadYourWrites } from './read-your-writes.js';
import { ResourceTexts } from './resource-texts.js';
import { soughtName } from './sought-name.js';

/** A page of the resources of one type (RFC 7644 section 3.4.2, RFC 9865). Answers the list's JSON text. */
export class ListResources extends Query<Result<string, ScimError>> {
  constructor(
    readonly tenantId: TenantId,
    readonly type: ResourceTypeName,
    readonly query: ListQuery,
  ) {
    super();
  }
}

@QueryHandler(ListResources)
export class ListResourcesHandler implements IQueryHandler<ListResources> {
  constructor(
    @Inject(DIRECTORY_READER) private readonly reader: DirectoryReader,
    private readonly texts: ResourceTexts,
    private readonly registry: SchemaRegistry,
    @Inject(READ_YOUR_WRITES) private readonly readYourWrites: ReadYourWrites,
  ) {}

  async execute(list: ListResources): Promise<Result<string, ScimError>> {
    const { tenantId, type, query } = list;
    const wanted = directoryQuery(this.registry, tenantId, type, query);
    if (!wanted.ok) return wanted;
    const selection = parseAttributeSelection(this.registry, type, query);
    const scope = listScope(tenantId, type, selection, wanted.value);
    return fromCompleteView(
      async () => (await this.#isCurrent(scope, wanted.value)) || (await this.readYourWrites.readable(scope)),
      () => this.#read(list, wanted.value, selection),
    );
  }

  /**
   * Whether the view need not come any further for this query. Who bears a name is asked once to know what the answer will
   * be made of, and the page is read after that: what is current then stays so.
   */
  async #isCurrent(scope: ListScope, wanted: DirectoryQuery): Promise<boolean> {
    if (this.readYourWrites.isCurrent(scope)) return true;
    const { tenant, type, withMemberships } = scope;
    const name = soughtName(type, wanted.filter);
    const bearer = name !== undefined && ({ of: 'bearer', tenant, type, name, withMemberships } as const);
    if (!bearer || !this.readYourWrites.isCurrent(bearer)) return false;
    const found = await this.reader.list(tenant, type, wanted);
    return (
      found.ok &&
      found.value.resources.every(({ id }) =>
        this.readYourWrites.isCurrent({ of: 'resource', tenant, type, id, withMemberships }),
      )
    );
  }

  async #read(
    { tenantId, type, query }: ListResources,
    wanted: DirectoryQuery,
    selection: AttributeSelection | undefined,
  ): Promise<Result<string, ScimError>> {
    const page = await readBoundedPage(
      wanted,
      (query) => this.reader.list(tenantId, type, query),
      (resources) => this.texts.completeFirst(tenantId, type, resources, selection),
    );
    if (!page.ok) return page;
    const { totalResults, next, previous, texts: resources } = page.value;
    const startIndex = startIndexOf(query.page);
    if (startIndex !== undefined) {
      const refusal = refuseShortPage({ startIndex, count: query.page.count }, page.value);
      if (refusal) return err(refusal);
    }
    const scope = cursorScope(tenantId, type, query);
    return ok(
      renderListResponse({
        totalResults,
        startIndex,
        nextCursor: next && encodeCursor(scope, next),
        previousCursor: previous && encodeCursor(scope, previous),
        resources,
      }),
    );
  }
}

/** A cursor's page has no number (RFC 9865 section 2.1); the first page of a client that uses none begins at 1. */
function startIndexOf(page: Page): number | undefined {
  if (page.method === 'cursor') return undefined;
  return page.method === 'index' ? page.startIndex : 1;
}
