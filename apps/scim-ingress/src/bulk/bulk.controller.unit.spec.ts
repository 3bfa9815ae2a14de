import { describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { err, type JsonObject, ok, type ResourceId, type TenantId } from '#kernel';
import { OutcomeUnknownError } from '#command-handling';
import { AppendTooLarge, type Position, type Revision, EventStoreUnavailable } from '#event-store';
import { scimError } from '#scim-protocol';
import type { ScimRequest } from '../http/scim-request.js';
import { DeleteUser } from '../provisioning/delete-user.js';
import type { ChangeResource, CreateResource } from '../provisioning/resource-command.js';
import type { WriteAnswer } from '../provisioning/written-resource.js';
import { Addresses } from '../reading/addresses.js';
import { BulkController } from './bulk.controller.js';

type SentCommand = CreateResource & Partial<ChangeResource>;

const request = { id: 'request-1', user: { tenantId: 'acme' as TenantId, actor: 'credential:default' } } as ScimRequest;
const base = 'https://scim.example/tenants/acme/scim/v2';

const user = (bulkId: string, data: JsonObject = {}) => ({
  method: 'POST',
  path: '/Users',
  bulkId,
  data: { userName: bulkId, ...data },
});
const group = (bulkId: string, ...members: string[]) => ({
  method: 'POST',
  path: '/Groups',
  bulkId,
  data: { displayName: bulkId, members: members.map((value) => ({ value })) },
});

/** A directory that takes every command, but refuses names and ids that begin with "bad" and breaks at "broken". */
function directory() {
  const commands: { readonly name: string; readonly command: SentCommand }[] = [];
  const waits: string[] = [];
  const answer = (name: string, command: SentCommand): WriteAnswer => {
    const { id, body } = command;
    const subject = id ?? ((body['userName'] ?? body['displayName']) as string);
    if (subject.startsWith('bad')) return err(scimError('notFound', { resourceType: 'User', id: subject }));
    if (subject === 'old') return err(scimError('versionMismatch', { actual: 'W/"2"' }));
    if (subject === 'huge') throw new AppendTooLarge();
    if (subject === 'broken') throw new Error('a bug');
    if (subject === 'down') throw new EventStoreUnavailable();
    if (subject === 'unsure') throw new OutcomeUnknownError();
    const position = subject === 'same' ? undefined : (BigInt(commands.length) as Position);
    const revision = (id ? 1 : 0) as Revision;
    return ok({ id: id ?? (`id-${subject}` as ResourceId), state: {}, revision, position });
  };
  const bus = {
    async execute(command: SentCommand) {
      const { name } = command.constructor;
      commands.push({ name, command });
      return answer(name, command);
    },
  };
  const readYourWrites = {
    written: async (position: Position | undefined) => void waits.push(`written ${position}`),
    deprovisioned: async (_tenant: TenantId, position: Position) => void waits.push(`deprovisioned ${position}`),
  };
  const controller = new BulkController(
    bus as unknown as CommandBus,
    new Addresses(() => 'https://scim.example'),
    readYourWrites,
    { now: () => 7 },
  );
  const send = async (operations: unknown[], failOnErrors?: number) => {
    const body = { Operations: operations, ...(failOnErrors && { failOnErrors }) } as JsonObject;
    const { status, body: text } = await controller.execute(request, body);
    return { ...(JSON.parse(text ?? '') as { Operations: { status: string; response?: JsonObject }[] }), status };
  };
  const executed = () => commands.map(({ name, command }) => `${name} ${command.id ?? JSON.stringify(command.body)}`);
  return { commands, executed, send, waits };
}

const statuses = ({ Operations }: { Operations: { status: string }[] }) => Operations.map(({ status }) => status);

describe('POST /Bulk', () => {
  it('gives other requests a turn after every operation, refused ones too', async () => {
    const { send } = directory();
    let turns = 0;
    let next = setImmediate(function others() {
      turns++;
      next = setImmediate(others);
    });
    await send(Array.from({ length: 50 }, (_, index) => user(`bad-${index}`)));
    clearImmediate(next);
    expect(turns).toBeGreaterThanOrEqual(50);
  });

  it('answers in the order of the request, whatever the order of execution', async () => {
    const { executed, send } = directory();
    const answer = await send([group('team', 'bulkId:ada'), user('ada')]);
    expect(executed()).toEqual([
      'CreateUser {"userName":"ada"}',
      'CreateGroup {"displayName":"team","members":[{"value":"id-ada"}]}',
    ]);
    expect(answer).toEqual({
      status: 200,
      schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'],
      Operations: [
        { method: 'POST', bulkId: 'team', version: 'W/"0"', location: `${base}/Groups/id-team`, status: '201' },
        { method: 'POST', bulkId: 'ada', version: 'W/"0"', location: `${base}/Users/id-ada`, status: '201' },
      ],
    });
  });

  it('gives each method the status it has alone, and takes version for If-Match', async () => {
    const { commands, send } = directory();
    const answer = await send([
      { method: 'PUT', path: '/Users/1', version: 'W/"4"', data: {} },
      { method: 'PATCH', path: '/Users/1', data: {} },
      { method: 'PATCH', path: '/Groups/2', data: {} },
      { method: 'DELETE', path: '/Groups/2' },
      { method: 'DELETE', path: '/Users/1', version: 'made up' },
    ]);
    expect(statuses(answer)).toEqual(['200', '200', '204', '204', '412']);
    expect(answer.Operations[3]).toEqual({ method: 'DELETE', location: `${base}/Groups/2`, status: '204' });
    expect(answer.Operations[4]).toMatchObject({ location: `${base}/Users/1`, response: { status: '412' } });
    expect(commands.map(({ command }) => command.requiredRevisions)).toEqual([
      new Set([4]),
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('gives every operation a command id of its own and the request id of all', async () => {
    const { commands, send } = directory();
    await send([user('ada'), user('bob')]);
    expect(new Set(commands.map(({ command }) => command.context.commandId)).size).toBe(2);
    for (const { command } of commands) {
      expect(command.context).toMatchObject({ requestId: 'request-1', correlationId: 'request-1', occurredAt: 7 });
    }
  });

  it('goes on after a failure, and fails what refers to it', async () => {
    const { send } = directory();
    const answer = await send([user('bad'), group('team', 'bulkId:bad'), { method: 'GET' }, user('ada')]);
    expect(answer.Operations).toEqual([
      expect.objectContaining({ bulkId: 'bad', status: '404' }),
      expect.objectContaining({ bulkId: 'team', status: '409' }),
      { status: '400', response: expect.objectContaining({ scimType: 'invalidSyntax', status: '400' }) },
      expect.objectContaining({ bulkId: 'ada', status: '201' }),
    ]);
    expect(answer.Operations[0]).not.toHaveProperty('location');
    expect(answer.Operations[1]?.response?.['detail']).toMatch("'bulkId:bad' stands for nothing");
  });

  it('refuses an id that no address can have as the error of its operation, after others were executed', async () => {
    const { commands, send } = directory();
    const answer = await send([
      user('ada'),
      { method: 'DELETE', path: '/Users/\ud800' },
      { method: 'PUT', path: '/Users/\udc00', data: 'no object' },
      user('bob'),
    ]);
    expect(statuses(answer)).toEqual(['201', '400', '400', '201']);
    expect(answer.Operations[1]).not.toHaveProperty('location');
    expect(commands).toHaveLength(2);
  });

  it('stops after as many errors as the client accepts', async () => {
    const { commands, send } = directory();
    const answer = await send([user('ada'), user('bad1'), user('bob'), user('bad2'), user('carl')], 2);
    expect(statuses(answer)).toEqual(['201', '404', '201', '404']);
    expect(commands).toHaveLength(4);
  });

  it('resolves circular references by a second write', async () => {
    const { executed, send } = directory();
    const answer = await send([group('a', 'bulkId:b'), group('b', 'bulkId:a')]);
    expect(executed()).toEqual([
      'CreateGroup {"displayName":"b"}',
      'CreateGroup {"displayName":"a","members":[{"value":"id-b"}]}',
      'PatchGroup id-b',
    ]);
    expect(answer.Operations).toMatchObject([
      { bulkId: 'a', version: 'W/"0"', status: '201' },
      { bulkId: 'b', version: 'W/"1"', status: '201' },
    ]);
  });

  it('says so where a circular reference could not be resolved, also after the last error accepted', async () => {
    const { executed, send } = directory();
    const answer = await send([group('bad', 'bulkId:b'), group('b', 'bulkId:bad'), user('ada')], 1);
    expect(executed()).toHaveLength(2);
    expect(answer.Operations).toMatchObject([
      { bulkId: 'bad', status: '404' },
      {
        bulkId: 'b',
        status: '409',
        location: `${base}/Groups/id-b`,
        response: {
          detail:
            'The Group was created, but a circular reference of it was left out: ' +
            "'bulkId:bad' stands for nothing: no POST of this request has created a resource with that bulkId.",
        },
      },
    ]);
  });

  it('waits for the ends of memberships of a nested group that it deletes', async () => {
    const { send, waits } = directory();
    await send([
      { method: 'DELETE', path: '/Users/1' },
      { method: 'DELETE', path: '/Groups/2' },
    ]);
    expect(waits[0]).toBe('deprovisioned 2');
  });

  it('waits until the last write and the last deletion can be read', async () => {
    const { send, waits } = directory();
    await send([user('ada'), { method: 'DELETE', path: '/Users/1' }, user('bob')]);
    expect(waits).toEqual(['deprovisioned 2', 'written 3']);
    await send([{ method: 'GET' }]);
    expect(waits).toHaveLength(2);
  });

  it.each<[string, object]>([
    ['refused for what is there', user('bad')],
    ['of another version', { method: 'PUT', path: '/Users/old', data: {} }],
    ['made already', { method: 'PATCH', path: '/Users/same', data: {} }],
  ])('waits for all of the log where a change is %s: another node may have written it', async (_, operation) => {
    const { send, waits } = directory();
    await send([user('ada'), operation, { method: 'DELETE', path: '/Users/1' }]);
    expect(waits).toEqual(['deprovisioned 3', 'written undefined']);
  });

  it('goes on after a change that is larger than the event store takes', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { send } = directory();
    expect(statuses(await send([user('huge'), user('ada')]))).toEqual(['413', '201']);
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  it('answers what was executed where the event store fails, and does not ask it again', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { commands, send } = directory();
    const answer = await send([user('ada'), user('broken'), user('down'), user('bob')]);
    logged.mockRestore();
    expect(statuses(answer)).toEqual(['201', '500', '503', '503']);
    expect(commands).toHaveLength(3);
  });

  it('does not call the outcome of operations unknown that it never tried', async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { Operations } = await directory().send([user('unsure'), user('bob')]);
    logged.mockRestore();
    expect(Operations[0]?.response?.['detail']).toMatch('not known whether the change was stored');
    expect(Operations[1]?.response?.['detail']).toMatch('was not made');
  });

  it('refuses a request that is too large as a whole', async () => {
    const { send } = directory();
    const answer = await send(Array.from({ length: 1_001 }, (_, index) => user(`u${index}`)));
    expect(answer).toMatchObject({
      status: 413,
      detail: 'The number of operations, 1001, exceeds maxOperations (1000).',
    });
  });

  it('deletes users through the same command as a single request', async () => {
    const { commands, send } = directory();
    await send([{ method: 'DELETE', path: '/Users/1' }]);
    expect(commands[0]?.command).toBeInstanceOf(DeleteUser);
  });
});
