import { beforeAll, describe, it } from '@jest/globals';
import { serverUnderTest } from '../../support/server-under-test.js';
import { groupTests } from './group-tests.js';
import { previewTests } from './preview-tests.js';
import { nonVerbose, verbose } from './request-shapes.js';
import { userTests } from './user-tests.js';

const scim = serverUnderTest();

const runs = [...userTests, ...groupTests, ...previewTests].flatMap((test) =>
  test.patches
    ? [
        { title: `${test.name} (Verbose Request)`, test, shape: verbose },
        { title: `${test.name} (Non-Verbose Request)`, test, shape: nonVerbose },
      ]
    : [{ title: test.name, test, shape: verbose }],
);

describe("Microsoft's web SCIM Validator, which runs its tests at the same time", () => {
  const outcomes = new Map<string, Promise<void>>();

  beforeAll(() => {
    for (const { title, test, shape } of runs) {
      const outcome = test.run(scim.client, shape);
      outcome.catch(() => undefined);
      outcomes.set(title, outcome);
    }
  });

  it.each(runs)('$title', ({ title }) => outcomes.get(title));
});
