import { Controller, Get, Req } from '@nestjs/common';
import type { JsonObject } from '#kernel';
import {
  resourceTypeBody,
  resourceTypeListBody,
  schemaBody,
  schemaListBody,
  SchemaRegistry,
  scimError,
  serviceProviderConfig,
} from '#scim-protocol';
import { errorAnswer, ScimAnswer } from '../http/scim-answer.js';
import type { ScimRequest } from '../http/scim-request.js';
import { bulkLimits, pageLimits } from '../limits.js';
import { Addresses } from '../reading/addresses.js';

/** What this server understands (RFC 7644 section 4). */
@Controller('tenants/:tenantId/scim/v2')
export class DiscoveryController {
  constructor(
    private readonly registry: SchemaRegistry,
    private readonly addresses: Addresses,
  ) {}

  @Get('Schemas')
  schemas(@Req() request: ScimRequest): ScimAnswer {
    return this.#answer(request, schemaListBody(this.registry, this.#base(request)));
  }

  @Get('Schemas/:id')
  schema(@Req() request: ScimRequest): ScimAnswer {
    const id = request.params.id ?? '';
    const schema = this.registry.schema(id);
    if (!schema) return errorAnswer(scimError('notFound', { resourceType: 'Schema', id }));
    return this.#answer(request, schemaBody(schema, this.#base(request)));
  }

  @Get('ResourceTypes')
  resourceTypes(@Req() request: ScimRequest): ScimAnswer {
    return this.#answer(request, resourceTypeListBody(this.registry, this.#base(request)));
  }

  @Get('ResourceTypes/:id')
  resourceType(@Req() request: ScimRequest): ScimAnswer {
    const id = request.params.id ?? '';
    const type = this.registry.resourceTypes.find(({ name }) => name === id);
    if (!type) return errorAnswer(scimError('notFound', { resourceType: 'ResourceType', id }));
    return this.#answer(request, resourceTypeBody(type, this.#base(request)));
  }

  @Get('ServiceProviderConfig')
  serviceProviderConfig(@Req() request: ScimRequest): ScimAnswer {
    const limits = { ...pageLimits, bulkOperations: bulkLimits.maxOperations, bulkPayload: bulkLimits.maxPayloadSize };
    return this.#answer(request, serviceProviderConfig(limits, this.#base(request)));
  }

  #base({ user }: ScimRequest): string {
    return this.addresses.base(user.tenantId);
  }

  /** Discovery takes no filter (RFC 7644 section 4): answering it as if it were unfiltered would be a lie. */
  #answer({ query }: ScimRequest, body: JsonObject): ScimAnswer {
    if (Object.keys(query).some((name) => name.toLowerCase() === 'filter'))
      return errorAnswer(scimError('discoveryFilter'));
    return new ScimAnswer(200, JSON.stringify(body));
  }
}
