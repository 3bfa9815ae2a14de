import { Controller, Post, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { JsonObject } from '#kernel';
import { readListQuery } from '#scim-protocol';
import { errorAnswer, ScimAnswer } from '../http/scim-answer.js';
import { ScimBody } from '../http/scim-body.decorator.js';
import type { ScimRequest } from '../http/scim-request.js';
import { pageLimits } from '../limits.js';
import { SearchEverything } from '../reading/search-everything.js';

/** Searches over all resource types (RFC 7644 section 3.4.3). */
@Controller('tenants/:tenantId/scim/v2/.search')
export class SearchController {
  constructor(private readonly queries: QueryBus) {}

  @Post()
  async search(@Req() request: ScimRequest, @ScimBody() body: JsonObject): Promise<ScimAnswer> {
    const query = readListQuery(body, pageLimits);
    if (!query.ok) return errorAnswer(query.error);
    const list = await this.queries.execute(new SearchEverything(request.user.tenantId, query.value));
    return list.ok ? new ScimAnswer(200, list.value) : errorAnswer(list.error);
  }
}
