import type { Leader } from '../installation/installation.js';
import { lagText } from './lag-text.js';
import type { GenerationStatus, Progress, Status } from './status.js';

/** The status for people: what is to be done first. @param problems those of the status. */
export function statusText(status: Status, problems: readonly string[]): string {
  const unasked = status.unasked.map(({ part, reason }) => `The ${part} could not be asked: ${reason}`);
  const findings = [...problems, ...unasked].map((finding) => `  - ${finding}\n`).join('');
  const verdict =
    problems.length > 0 ? 'Somebody has to act:' : unasked.length > 0 ? 'Nobody can tell:' : 'All is well.';
  const rows = rowsOf(status).map(([name, value]) => `${name.padEnd(8)}${value}\n`);
  return `${verdict}\n${findings}\n${rows.join('')}`;
}

function rowsOf(status: Status): readonly (readonly [name: string, value: string])[] {
  const { head, leader, generations, relay } = status;
  return [
    ['log', head === undefined ? '?' : `ends at position ${head}`],
    ['leader', leader ? leaderText(leader) : '?'],
    ...(generations?.map((generation) => ['view', generationText(generation)] as const) ?? [['view', '?'] as const]),
    ['relay', relay === undefined ? '?' : relay === null ? 'has never run' : relayText(relay)],
  ];
}

function leaderText({ isRunning, holder, since }: Leader): string {
  if (!isRunning) return 'nobody';
  if (holder === undefined) return 'the server runs';
  return since === undefined ? holder : `${holder}, since ${new Date(since).toISOString()}`;
}

function generationText({ number, state, codeVersion, isKeptUp, ...progress }: GenerationStatus): string {
  const kept = state === 'live' && !isKeptUp ? ', nobody keeps it up' : '';
  return `generation ${number} (${state}${kept}), version ${codeVersion}, ${progressText(progress)}`;
}

function relayText({ parkedKeys, ...progress }: Progress & { readonly parkedKeys: number }): string {
  return `${progressText(progress)}; parked keys: ${parkedKeys}`;
}

function progressText({ checkpoint, lag }: Progress): string {
  if (checkpoint === undefined) return 'its rows cannot be read';
  return `at position ${checkpoint}${lag ? `, ${lagText(lag)}` : ''}`;
}
