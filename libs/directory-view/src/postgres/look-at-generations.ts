import type { Position } from '#event-store';
import type { Generation } from '#projections';
import type { Ask } from '#projections-postgres';
import { generationOf, type GenerationRow } from '../tables/generation-row.js';
import { readKeptVersions } from './kept-versions.js';
import type { ViewSchema } from './view-schema.js';

/** A generation that is live, or was known already. */
export interface SeenGeneration extends Generation {
  /** Whether somebody keeps up what is of its code version. */
  readonly isKept: boolean;
  readonly position: Position;
}

/**
 * Reads the catalogue and checkpoints in one snapshot, so that nobody sees a move that came after a flip, and not the flip.
 *
 * @param known numbers that are of interest though they may not be live any more. What has no rows is not found.
 * @throws what `Ask` does where there is no catalogue.
 */
export async function lookAtGenerations(
  ask: Ask,
  schema: ViewSchema,
  known: readonly number[],
): Promise<readonly SeenGeneration[]> {
  try {
    return await look(ask, schema, known);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === '42P01';
    if (!isMissing) throw error;
    // Dropped between two statements: the next look does not find it.
    return await look(ask, schema, known);
  }
}

async function look(ask: Ask, schema: ViewSchema, known: readonly number[]): Promise<readonly SeenGeneration[]> {
  const isKept = await readKeptVersions((text) => ask(text, []));
  await ask('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', []);
  try {
    const rows = await ask<GenerationRow>(
      `SELECT g.number, g.state, g.code_version, g.log_identity FROM ${schema.catalogue}.generation AS g
       WHERE (g.state = 'live' OR (g.number = ANY($1) AND g.state <> 'dropped'))
       AND to_regclass($2 || g.number || '.checkpoint') IS NOT NULL ORDER BY g.number`,
      [known, schema.generationPrefix],
    );
    const positions = await readPositions(ask, schema, rows);
    return rows.map((row) => {
      const position = positions.get(row.number) as Position;
      return { ...generationOf(row), isKept: isKept(row.code_version), position };
    });
  } finally {
    // Also ends one that has failed.
    await ask('ROLLBACK', []);
  }
}

async function readPositions(
  ask: Ask,
  schema: ViewSchema,
  rows: readonly GenerationRow[],
): Promise<ReadonlyMap<number, Position>> {
  if (rows.length === 0) return new Map();
  const selects = rows.map(
    ({ number }) =>
      `SELECT ${number} AS number, CAST(c.position AS TEXT) AS position FROM ${schema.generation(number)}.checkpoint AS c`,
  );
  const found = await ask<{ number: number; position: string }>(selects.join(' UNION ALL '), []);
  return new Map(found.map(({ number, position }) => [number, BigInt(position) as Position]));
}
