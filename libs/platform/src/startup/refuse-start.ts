import { allOf, type Result } from '#kernel';

/** The configuration is wrong (EX_CONFIG of sysexits.h). */
const wrongConfiguration = 78;

/** Ends the process before it serves anything, and tells an operator every reason. */
export function refuseStart(reasons: readonly string[]): never {
  process.stderr.write(`SCIM Ledger cannot start:\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  process.exit(wrongConfiguration);
}

/** @returns what was read of the configuration; where anything is wrong, refuses to start for every reason in all of it. */
export function valuesOrRefusal<Values extends readonly unknown[]>(
  ...read: { readonly [Index in keyof Values]: Result<Values[Index], readonly string[]> }
): Values {
  const all = allOf<Values>(...read);
  return all.ok ? all.value : refuseStart(all.error);
}
