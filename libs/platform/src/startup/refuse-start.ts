/** The configuration is wrong (EX_CONFIG of sysexits.h). */
const wrongConfiguration = 78;

/** Ends the process before it serves anything, and tells an operator every reason. */
export function refuseStart(reasons: readonly string[]): never {
  process.stderr.write(`SCIM Ledger cannot start:\n${reasons.map((reason) => `  - ${reason}\n`).join('')}`);
  process.exit(wrongConfiguration);
}
