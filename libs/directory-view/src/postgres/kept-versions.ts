import { leaseTable } from '#projections-postgres';
import { projectorNames } from './projector-names.js';

/** Runs a statement without parameters. */
export type Query = <Row extends object>(text: string) => Promise<readonly Row[]>;

/** @returns whether somebody keeps up the generations of a code version. */
export async function readKeptVersions(query: Query): Promise<(codeVersion: string) => boolean> {
  const [lease] = await query<{ readonly exists: boolean }>(
    `SELECT to_regclass('${leaseTable}') IS NOT NULL AS exists`,
  );
  const held = lease?.exists
    ? await query<{ readonly name: string }>(
        `SELECT l.name FROM ${leaseTable} AS l WHERE l.expires_at > clock_timestamp()`,
      )
    : [];
  const names = new Set(held.map(({ name }) => name));
  return (codeVersion) => names.has(projectorNames.viewLease(codeVersion));
}
