import type { Generation, GenerationState } from '#projections';

/** A row of the catalogue's table, which both engines have. */
export interface GenerationRow {
  readonly number: number;
  readonly state: GenerationState;
  readonly code_version: string;
  readonly log_identity: string;
}

export function generationOf({
  number,
  state,
  code_version: codeVersion,
  log_identity: logIdentity,
}: GenerationRow): Generation {
  return { number, state, codeVersion, logIdentity };
}
