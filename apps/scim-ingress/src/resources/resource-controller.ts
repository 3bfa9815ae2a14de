import { Delete, Get, Inject, Patch, Post, Put, Req } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { type Clock, err, type JsonObject, type ResourceId, type TenantId } from '#kernel';
import {
  type AttributeParameters,
  entityTag,
  readAttributeNames,
  readListQuery,
  type ResourceTypeName,
  type ScimError,
  scimError,
} from '#scim-protocol';
import { CLOCK } from '../clock.js';
import { commandContext } from '../http/command-context.js';
import { errorAnswer, ScimAnswer } from '../http/scim-answer.js';
import { ScimBody } from '../http/scim-body.decorator.js';
import type { ScimRequest } from '../http/scim-request.js';
import { pageLimits } from '../limits.js';
import { resourceCommands } from '../provisioning/resource-commands.js';
import { type ProvisionedResource, tellsOfLog, type WrittenResource } from '../provisioning/written-resource.js';
import { Addresses } from '../reading/addresses.js';
import { GetResource } from '../reading/get-resource.js';
import { ListResources } from '../reading/list-resources.js';
import { READ_YOUR_WRITES, type ReadYourWrites } from '../reading/read-your-writes.js';
import { requiredRevisions } from '../http/preconditions.js';
import { WrittenTexts } from './written-texts.js';

type RequestWithId = ScimRequest & { readonly params: { readonly id: ResourceId } };

/** The endpoint of one resource type (RFC 7644 section 3.2): HTTP in, commands and queries out. */
export abstract class ResourceController {
  protected abstract readonly type: ResourceTypeName;

  @Inject(CommandBus) private readonly commands!: CommandBus;
  @Inject(QueryBus) private readonly queries!: QueryBus;
  @Inject(READ_YOUR_WRITES) private readonly readYourWrites!: ReadYourWrites;
  @Inject(WrittenTexts) private readonly texts!: WrittenTexts;
  @Inject(Addresses) private readonly addresses!: Addresses;
  @Inject(CLOCK) private readonly clock!: Clock;

  @Get()
  list(@Req() request: ScimRequest): Promise<ScimAnswer> {
    return this.#list(request, request.query);
  }

  @Post('.search')
  search(@Req() request: ScimRequest, @ScimBody() body: JsonObject): Promise<ScimAnswer> {
    return this.#list(request, body);
  }

  @Get(':id')
  async get(@Req() request: RequestWithId): Promise<ScimAnswer> {
    const { tenantId } = request.user;
    const { id } = request.params;
    const parameters = readAttributeNames(request.query);
    if (!parameters.ok) return errorAnswer(parameters.error);
    const ifNoneMatch = request.headers['if-none-match'];
    const found = await this.queries.execute(new GetResource(tenantId, this.type, id, parameters.value, ifNoneMatch));
    if (!found) return errorAnswer(scimError('notFound', { resourceType: this.type, id }));
    if (found.showsDeleted) return errorAnswer(scimError('viewLate'));
    const headers = this.#headers(tenantId, id, found.revision);
    return new ScimAnswer(found.text === undefined ? 304 : 200, found.text, headers);
  }

  @Post()
  async create(@Req() request: ScimRequest, @ScimBody() body: JsonObject): Promise<ScimAnswer> {
    const parameters = readAttributeNames(request.query);
    if (!parameters.ok) return errorAnswer(parameters.error);
    const command = new resourceCommands[this.type].create(commandContext(request, this.clock), body);
    const written = await this.commands.execute(command);
    return written.ok ? this.#answer(request, written.value, parameters.value, 201) : this.#refused(written.error);
  }

  @Put(':id')
  replace(@Req() request: RequestWithId, @ScimBody() body: JsonObject): Promise<ScimAnswer> {
    return this.#change(request, body, 'replace');
  }

  @Patch(':id')
  patch(@Req() request: RequestWithId, @ScimBody() body: JsonObject): Promise<ScimAnswer> {
    return this.#change(request, body, 'patch');
  }

  @Delete(':id')
  async delete(@Req() request: RequestWithId): Promise<ScimAnswer> {
    const revisions = requiredRevisions(request.headers['if-match'], request.headers['if-none-match']);
    if (!revisions.ok) return errorAnswer(revisions.error);
    const context = commandContext(request, this.clock);
    const command = new resourceCommands[this.type].delete(context, request.params.id, revisions.value);
    const written = await this.commands.execute(command);
    if (!written.ok) return this.#refused(written.error);
    const { position } = written.value;
    if (position !== undefined) await this.readYourWrites.deprovisioned(request.user.tenantId, position);
    return new ScimAnswer(204);
  }

  async #list(request: ScimRequest, source: unknown): Promise<ScimAnswer> {
    const query = readListQuery(source, pageLimits);
    if (!query.ok) return errorAnswer(query.error);
    const list = await this.queries.execute(new ListResources(request.user.tenantId, this.type, query.value));
    return list.ok ? new ScimAnswer(200, list.value) : errorAnswer(list.error);
  }

  async #change(request: RequestWithId, body: JsonObject, verb: 'replace' | 'patch'): Promise<ScimAnswer> {
    const revisions = requiredRevisions(request.headers['if-match'], request.headers['if-none-match']);
    if (!revisions.ok) return errorAnswer(revisions.error);
    const parameters = readAttributeNames(request.query);
    if (!parameters.ok) return errorAnswer(parameters.error);
    const context = commandContext(request, this.clock);
    const command = new resourceCommands[this.type][verb](context, request.params.id, body, revisions.value);
    const written = await this.commands.execute(command);
    if (!written.ok) return this.#refused(written.error);
    const { attributes } = parameters.value;
    // A group's members may be many, so a PATCH answers without it unless attributes are asked for (RFC 7644 3.5.2).
    const isBrief = this.type === 'Group' && verb === 'patch' && attributes === undefined;
    return isBrief ? this.#done(request, written.value) : this.#answer(request, written.value, parameters.value, 200);
  }

  async #refused(error: ScimError): Promise<ScimAnswer> {
    if (tellsOfLog(err(error))) await this.readYourWrites.written(undefined);
    return errorAnswer(error);
  }

  async #done({ user }: ScimRequest, { id, position, revision }: WrittenResource): Promise<ScimAnswer> {
    await this.readYourWrites.written(position);
    return new ScimAnswer(204, undefined, this.#headers(user.tenantId, id, revision));
  }

  async #answer(
    request: ScimRequest,
    written: WrittenResource<ProvisionedResource>,
    parameters: AttributeParameters,
    status: 200 | 201,
  ): Promise<ScimAnswer> {
    const { id, position, revision } = written;
    const { tenantId } = request.user;
    await this.readYourWrites.written(position);
    const shown = await this.texts.render(tenantId, this.type, written, parameters, status === 201);
    // The version of what is shown: with that of what was written, a client would miss what it has just been told.
    const headers = this.#headers(tenantId, id, shown?.revision ?? revision);
    return new ScimAnswer(status === 200 && shown === undefined ? 204 : status, shown?.text, headers);
  }

  /** As RFC 7644 shows them in answers about one resource (sections 3.3, 3.4.1, 3.5.1 and 3.14). */
  #headers(tenant: TenantId, id: ResourceId, revision: number): Readonly<Record<string, string>> {
    return { ETag: entityTag(revision), Location: this.addresses.resource(tenant, this.type, id) };
  }
}
