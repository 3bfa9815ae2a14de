import { damagedVersion } from '#directory-view';
import type { Halt } from '#projections';
import { generationsInCharge } from './generations-in-charge.js';
import { lagText } from './lag-text.js';
import type { GenerationStatus, Progress, RelayStatus, Status } from './status.js';

/** What an operator has to do something about, each in a sentence; what could not be asked is no problem by itself. */
export function problemsOf(status: Status): readonly string[] {
  const { leader, generations, relay, halts = [] } = status;
  return [
    ...(leader && !leader.isRunning ? [nobodyLeads(status)] : []),
    ...halts.map(haltText),
    ...(generations ? problemsOfView(generations, status) : []),
    ...(relay ? problemsOfRelay(relay, status) : []),
  ];
}

function nobodyLeads({ composition }: Status): string {
  return composition === 'embedded'
    ? 'No server runs on the data folder.'
    : 'No projector leads: nobody builds the view, and nobody publishes.';
}

function haltText({ projection, kind, event, reason, since }: Halt): string {
  const where = event ? ` at event ${event.id} (${event.type}, position ${event.position})` : '';
  return `${projection} has stopped${where}, since ${new Date(since).toISOString()}, ${kind}: ${reason}`;
}

function problemsOfView(generations: readonly GenerationStatus[], status: Status): readonly string[] {
  const inCharge = generationsInCharge(generations);
  if (inCharge.length === 0) return ['No generation of the view is live.'];
  return inCharge.flatMap((generation) => {
    const name = `generation ${generation.number} of the view`;
    if (generation.checkpoint === undefined) return [`The rows of ${name} cannot be read.`];
    if (generation.codeVersion === damagedVersion) {
      const what = `Generation ${generation.number} of the view is damaged`;
      return [`${what}: lists are refused, the rest comes from the log. Restart the server to build it again.`];
    }
    return problemsOfReader(generation, name, 'directory-view', status);
  });
}

function problemsOfRelay(relay: RelayStatus, status: Status): readonly string[] {
  const { parkedKeys, mismatch } = relay;
  const parked = parkedKeys === 1 ? '1 key is parked' : `${parkedKeys} keys are parked`;
  return [
    ...(mismatch === undefined
      ? problemsOfReader(relay, 'the relay', 'relay', status)
      : [`The log is not that of the relay: ${mismatch}. "relay start-over" says what it means to publish it.`]),
    ...(parkedKeys > 0 ? [`${parked}: "parked list" says why.`] : []),
  ];
}

/** A reader that has stopped, or that nobody runs, is told of as such. */
function problemsOfReader(
  { mismatch, lag, standsStill }: Progress,
  name: string,
  projection: string,
  { leader, halts = [] }: Status,
): readonly string[] {
  if (mismatch !== undefined) return [`The log is not that of ${name}: ${mismatch}.`];
  const isExplained = leader?.isRunning === false || halts.some((halt) => halt.projection === projection);
  return standsStill && lag && !isExplained ? [`${name} stands still, ${lagText(lag)}.`.replace(/^./, upper)] : [];
}

const upper = (letter: string) => letter.toUpperCase();
