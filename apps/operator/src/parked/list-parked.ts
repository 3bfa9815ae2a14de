import type { Installation } from '../installation/installation.js';
import { exitCodes, type Outcome } from '../outcome.js';
import { parkedJson } from './parked-json.js';
import { parkedText } from './parked-text.js';

/** Lists what is parked, for people or as JSON. */
export async function listParked(installation: Installation, format: { readonly json: boolean }): Promise<Outcome> {
  const memory = await installation.relay('read');
  const parked = memory ? await memory.parked.list() : [];
  const text = format.json ? `${JSON.stringify(parkedJson(parked), undefined, 2)}\n` : parkedText(parked);
  return { text, exitCode: exitCodes.well };
}
