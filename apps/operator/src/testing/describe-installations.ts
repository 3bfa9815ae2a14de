import { describe } from '@jest/globals';
import { distributedUnderTest } from './distributed-under-test.js';
import { embeddedUnderTest } from './embedded-under-test.js';
import type { InstallationUnderTest } from './installation-under-test.js';

/** Runs one suite on the engines of both compositions. */
export function describeInstallations(
  title: string,
  suite: (make: () => Promise<InstallationUnderTest>) => void,
): void {
  describe(`${title}, in one folder`, () => suite(embeddedUnderTest));
  describe(`${title}, on engines of their own`, () => suite(distributedUnderTest));
}
