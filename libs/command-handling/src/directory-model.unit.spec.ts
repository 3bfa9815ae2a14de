import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InMemoryEventStore } from '#event-store';
import type { CommandResult, DirectoryCommands } from './directory-commands.js';
import {
  add,
  type Answer,
  assign,
  assignMembers,
  auditDirectory,
  command,
  contentOf,
  directoryOn,
  FoldedMembership,
  idOf,
  InterceptedStore,
  logKinds,
  ModelDirectory,
  remove,
} from './testing/index.js';

/** One command, as the directory and as the model carry it out. */
interface Operation {
  readonly process: 0 | 1;
  onDirectory(directory: DirectoryCommands): Promise<CommandResult<unknown>>;
  onModel(model: ModelDirectory): Answer;
}

/** `target` picks one of the resources of its kind that were ever asked for, whether they came to be or not. */
interface Draft {
  readonly process: 0 | 1;
  readonly kind: keyof typeof operations;
  readonly target: number;
  readonly name: string;
  readonly members: readonly string[];
}

const operations = {
  createUser: (id: string, { name }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) => directory.provisionUser(command(), idOf(id), { userName: name }),
    onModel: (model: ModelDirectory) => model.create(id, { name }),
  }),
  renameUser: (id: string, { name }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) =>
      directory.changeUser(command(), { id: idOf(id) }, assign({ userName: name })),
    onModel: (model: ModelDirectory) => model.change(id, (user) => ({ ...user, name })),
  }),
  retitleUser: (id: string, { name: title }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) => directory.changeUser(command(), { id: idOf(id) }, assign({ title })),
    onModel: (model: ModelDirectory) => model.change(id, (user) => ({ ...user, title })),
  }),
  removeUser: (id: string) => ({
    onDirectory: (directory: DirectoryCommands) => directory.deprovisionUser(command(), { id: idOf(id) }),
    onModel: (model: ModelDirectory) => model.remove(id),
  }),
  createGroup: (id: string, { name, members }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) =>
      directory.provisionGroup(
        command(),
        idOf(id),
        { displayName: `${name} team` },
        members.map((value) => ({ value })),
      ),
    onModel: (model: ModelDirectory) => model.create(id, { name: `${name} team`, members: new Set(members) }),
  }),
  renameGroupAndAdd: (id: string, { name, members }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) =>
      directory.changeGroup(
        command(),
        { id: idOf(id) },
        assignMembers([add(...members)], { displayName: `${name} team` }),
      ),
    onModel: (model: ModelDirectory) =>
      model.change(id, (group) => ({
        name: `${name} team`,
        members: new Set([...(group.members ?? []), ...members]),
      })),
  }),
  removeMembers: (id: string, { members }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) =>
      directory.changeGroup(command(), { id: idOf(id) }, assignMembers([remove(...members)])),
    onModel: (model: ModelDirectory) =>
      model.change(id, (group) => ({
        ...group,
        members: new Set([...(group.members ?? [])].filter((id) => !members.includes(id))),
      })),
  }),
  replaceMembers: (id: string, { members }: Draft) => ({
    onDirectory: (directory: DirectoryCommands) => {
      const replace = { kind: 'replace', members: members.map((value) => ({ value })) } as const;
      return directory.changeGroup(command(), { id: idOf(id) }, assignMembers([replace]));
    },
    onModel: (model: ModelDirectory) => model.change(id, (group) => ({ ...group, members: new Set(members) })),
  }),
  removeGroup: (id: string) => ({
    onDirectory: (directory: DirectoryCommands) => directory.deprovisionGroup(command(), { id: idOf(id) }),
    onModel: (model: ModelDirectory) => model.remove(id),
  }),
};

const kinds = Object.keys(operations) as (keyof typeof operations)[];
const draft: fc.Arbitrary<Draft> = fc.record({
  process: fc.constantFrom(0, 1),
  kind: fc.constantFrom(...kinds),
  target: fc.nat(3),
  name: fc.constantFrom('ada', 'Ada', 'bob'),
  members: fc.subarray(['mia', 'tom', 'eva']),
});

/** Rounds of commands that are sent at the same time. */
const rounds = fc.array(fc.array(draft, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

/** Gives every creation an id of its own. */
function withTargets(drafts: readonly (readonly Draft[])[]): Operation[][] {
  const ids: Record<'user' | 'group', string[]> = { user: ['user-0'], group: ['group-0'] };
  return drafts.map((round) =>
    round.map((draft) => {
      const type = draft.kind.includes('User') ? 'user' : 'group';
      const known = ids[type];
      if (draft.kind.startsWith('create')) known.push(`${type}-${known.length}`);
      const id = draft.kind.startsWith('create') ? known.at(-1) : known.at(-1 - (draft.target % known.length));
      return { process: draft.process, ...operations[draft.kind](id as string, draft) };
    }),
  );
}

function answerOf(result: CommandResult<unknown>): Answer {
  if (result.ok) return 'ok';
  return result.error.reason === 'name-taken' ? `name-taken by ${result.error.ownerId}` : result.error.reason;
}

/** Every order in which the round could have happened one by one. */
function* orders<T>(items: readonly T[]): Generator<readonly T[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of orders(items.toSpliced(index, 1))) yield [item, ...rest];
  }
}

/** What the model becomes in an order that explains all answers and the log; undefined where there is none. */
function explained(
  model: ModelDirectory,
  answered: readonly (readonly [Operation, Answer])[],
  content: object,
): ModelDirectory | undefined {
  for (const order of orders(answered)) {
    const next = model.copy();
    if (!order.every(([operation, answer]) => operation.onModel(next) === answer)) continue;
    if (JSON.stringify(next.content()) === JSON.stringify(content)) return next;
  }
  return undefined;
}

describe.each(logKinds)('the directory compared with a map $title', ({ atomicAcrossStreams }) => {
  it('answers parallel commands as if they came one after the other, whatever the order of port calls', async () => {
    const property = fc.asyncProperty(fc.scheduler(), rounds, fc.nat(3), async (scheduler, drafts, lag) => {
      const store = new InMemoryEventStore({ atomicAcrossStreams });
      const reordered = new InterceptedStore(store, async (call, perform) => {
        await scheduler.schedule(Promise.resolve(), call.operation);
        const result = await perform();
        await scheduler.schedule(Promise.resolve(), `answer to ${call.operation}`);
        return result;
      });
      const membership = new FoldedMembership(reordered, () => lag);
      const processes = [directoryOn(reordered, { membership }), directoryOn(reordered, { membership })] as const;
      let model = new ModelDirectory();
      for (const round of withTargets(drafts)) {
        const running = round.map((operation) => operation.onDirectory(processes[operation.process]));
        const results = await scheduler.waitFor(Promise.all(running));
        const answered = round.map((operation, index) => [operation, answerOf(results[index] as never)] as const);
        const content = contentOf(await auditDirectory(store));
        const next = explained(model, answered, content);
        if (!next) expect({ answers: answered.map(([, answer]) => answer), content }).toBe('explained by some order');
        model = next as ModelDirectory;
      }
    });
    await fc.assert(property, { seed: 20260101, numRuns: 500 });
  });
});
