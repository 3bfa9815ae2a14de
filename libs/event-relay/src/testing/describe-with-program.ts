import { describe, it } from '@jest/globals';

/** A program of others that tests take, and that does not come with the project's dependencies. */
export interface NeededProgram {
  readonly name: string;
  /** Why it cannot be had, if it cannot. */
  readonly missing: string | undefined;
  /** Set where tests must not pass without it. */
  readonly requiredBy: `REQUIRE_${string}`;
}

/**
 * Tests that take a program: where it cannot be had they are skipped and say so, or fail where it is required. Jest has to know
 * which while it loads their file, so by then whatever has to be fetched was fetched.
 */
export function describeWithProgram(
  { name, missing, requiredBy }: NeededProgram,
  title: string,
  tests: () => void,
): void {
  if (missing === undefined) return describe(title, tests);
  const reason = `NOT TESTED, for want of ${name}: ${title}: ${missing}`;
  if (process.env[requiredBy]) {
    describe(title, () => {
      it(`runs on ${name}`, () => {
        throw new Error(reason);
      });
    });
    return;
  }
  process.stderr.write(`${reason}\n`);
  describe.skip(title, tests);
}
