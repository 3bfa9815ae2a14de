import { beforeFirstPosition } from '#event-store';
import type { Installation } from '../installation/installation.js';
import { exitCodes, type Outcome } from '../outcome.js';
import { whereAway } from '../where-away.js';
import { readRepublication } from './republication.js';
import { republicationText } from './republication-text.js';

export interface StartOverOptions {
  /** Not: it is only said what would be done. */
  readonly isConfirmed: boolean;
}

/**
 * Has the relay that runs next publish the log from its beginning. Only while none runs: one that did would stop where it finds
 * itself overtaken, or has stopped before, and in either case not begin again by itself.
 */
export async function startOver(installation: Installation, { isConfirmed }: StartOverOptions): Promise<Outcome> {
  const memory = await installation.relay(isConfirmed ? 'write' : 'read');
  const log = await installation.log();
  const republication = memory && (await readRepublication(log, memory));
  if (!memory || !republication) return nothingToDo('No relay has ever run');
  const { checkpoint, mismatch, parkedKeys } = republication;
  if (checkpoint === beforeFirstPosition && mismatch === undefined && parkedKeys === 0) {
    return nothingToDo('The relay has published nothing');
  }
  const meaning = republicationText(republication);
  const { isRunning } = await installation.leader();
  if (isRunning) return unchanged(meaning, `${whoRuns(installation)}, to be stopped first.`);
  if (!isConfirmed) return unchanged(meaning, 'it is done with --yes.');
  const noted = await memory.startOver(log.identity).catch(whereAway('unclear'));
  if (noted === 'unclear') return { text: unclear, exitCode: exitCodes.notAsked };
  // One that was started meanwhile may have taken the relay over before that, and stops where it finds itself overtaken.
  if ((await installation.leader()).isRunning) {
    const text = `${meaning}\nWritten down, but ${whoRuns(installation)} by now, to be started anew.\n`;
    return { text, exitCode: exitCodes.needsOperator };
  }
  return { text: `${meaning}\nWritten down: it begins once a relay runs.\n`, exitCode: exitCodes.well };
}

const unclear =
  "The relay's memory did not answer: it may be back at the beginning, or not. Ask again, it can be repeated.\n";

function whoRuns({ composition }: Installation): string {
  return composition === 'embedded' ? 'a server runs on the data folder' : 'projectors run';
}

function nothingToDo(reason: string): Outcome {
  return {
    text: `${reason}: it begins with the first event by itself. Nothing was changed.\n`,
    exitCode: exitCodes.well,
  };
}

function unchanged(meaning: string, why: string): Outcome {
  return { text: `${meaning}\nNothing was changed: ${why}\n`, exitCode: exitCodes.needsOperator };
}
