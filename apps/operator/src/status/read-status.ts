import { type Halt, isOver } from '#projections';
import type { Installation, ReadableLog } from '../installation/installation.js';
import { generationsInCharge } from './generations-in-charge.js';
import { Inquiry } from './inquiry.js';
import { readProgress } from './read-progress.js';
import type { GenerationStatus, Progress, RelayStatus, Status } from './status.js';

/** Asks every engine once; one that is away does not keep the others from being told of. */
export async function readStatus(installation: Installation): Promise<Status> {
  const inquiry = new Inquiry();
  const [asked, leader, noted] = await Promise.all([
    inquiry.ask('log', async () => {
      const log = await installation.log();
      return { log, head: await log.head() };
    }),
    inquiry.ask('leader', () => installation.leader()),
    inquiry.ask('halts', () => installation.halts()),
  ]);
  const [generations, relay] = await Promise.all([
    inquiry.ask('view', () => readGenerations(installation, asked?.log)),
    inquiry.ask('relay', () => readRelay(installation, asked?.log)),
  ]);
  const readers = new Map<string, readonly Progress[]>([
    ['directory-view', generationsInCharge(generations ?? [])],
    ['relay', relay ? [relay] : []],
  ]);
  const halts = noted?.filter((halt) => holds(halt, readers.get(halt.projection) ?? []));
  const { composition } = installation;
  return { composition, head: asked?.head, leader, generations, relay, halts, unasked: inquiry.unasked };
}

/** A halt is over once every reader of its projection has left it behind; where there is none to look at, nobody has. */
function holds(halt: Halt, readers: readonly Progress[]): boolean {
  const hasLeftBehind = ({ checkpoint }: Progress) => checkpoint !== undefined && isOver(halt, checkpoint);
  return readers.length === 0 || !readers.every(hasLeftBehind);
}

async function readGenerations(
  installation: Installation,
  log: ReadableLog | undefined,
): Promise<readonly GenerationStatus[]> {
  const kept = (await installation.generations()).filter(({ state }) => state !== 'dropped');
  return Promise.all(
    kept.map(async ({ number, state, codeVersion, logIdentity, checkpoint }) => ({
      number,
      state,
      codeVersion,
      isKeptUp: state !== 'retired' && (await installation.keepsUp(codeVersion)),
      // Nobody carries one on that is retired.
      ...(await readProgress(state === 'retired' ? undefined : log, { identity: logIdentity, checkpoint })),
    })),
  );
}

async function readRelay(installation: Installation, log: ReadableLog | undefined): Promise<RelayStatus | null> {
  const memory = await installation.relay('read');
  const published = await memory?.published();
  if (!memory || !published) return null;
  const parked = await memory.parked.list();
  return { ...(await readProgress(log, published)), parkedKeys: parked.length };
}
