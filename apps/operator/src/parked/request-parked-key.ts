import type { Installation } from '../installation/installation.js';
import { exitCodes, type Outcome } from '../outcome.js';
import { whereAway } from '../where-away.js';
import { awaitSettlement, type Settlement } from './await-settlement.js';
import { refusalOf } from './refusal-of.js';
import { noteWish, type Wish } from './wish.js';

export interface RequestOptions {
  /** How long to wait until a relay has done it, milliseconds; undefined: writing it down is enough. */
  readonly waitMs: number | undefined;
  /** Told what is waited for. */
  readonly waiting?: (line: string) => void;
}

/** Writes a wish down for the relay, and waits, where that is wanted, until it has been carried out. */
export async function requestParkedKey(
  installation: Installation,
  wish: Wish,
  { waitMs, waiting }: RequestOptions,
): Promise<Outcome> {
  const { isRunning } = await installation.leader();
  const memory = await installation.relay('write');
  const noted = memory ? await noteWish(memory.parked, wish).catch(whereAway('unclear' as const)) : false;
  if (noted === 'unclear') return { text: unclear, exitCode: exitCodes.notAsked };
  if (!memory || !noted) {
    const text = await refusalOf(installation, wish, memory ? await memory.parked.list() : []);
    return { text, exitCode: exitCodes.needsOperator };
  }
  const written = writtenDown(wish, isRunning);
  if (waitMs === undefined) return { text: written, exitCode: exitCodes.well };
  waiting?.(written);
  return settled(wish, await awaitSettlement(memory.parked, wish.key, waitMs), waitMs);
}

const unclear =
  "The relay's memory did not answer: it may have been written down, or not. Ask again, it can be repeated.\n";

function writtenDown({ verb, key }: Wish, isRunning: boolean): string {
  const when = isRunning ? 'The relay does it within seconds.' : 'No relay runs now; it is done once one runs.';
  return `Written down: ${verb} ${key}. ${when}\n`;
}

function settled(wish: Wish, settlement: Settlement, waitMs: number): Outcome {
  const { key } = wish;
  if (settlement.outcome === 'published') {
    const text =
      wish.verb === 'retry'
        ? `${key} is published.\n`
        : `${key} is published, but for what could not be sent of event ${wish.eventId}.\n`;
    return { text, exitCode: exitCodes.well };
  }
  if (settlement.outcome === 'not-yet') {
    const text = `Not done within ${waitMs / 1_000} seconds; it stays written down. "status" says how the relay is.\n`;
    return { text, exitCode: exitCodes.needsOperator };
  }
  const { eventId, eventType, revision, reason } = settlement.at;
  const text = `${key} is parked again at event ${eventId} (${eventType}, revision ${revision}): ${reason}\n`;
  return { text, exitCode: exitCodes.needsOperator };
}
