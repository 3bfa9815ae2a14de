import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { missingJava } from './java-on-path.js';

describe('the Java that brokers of tests run on', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'java-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const put = (says: string) => writeFileSync(join(folder, 'java'), `#!/bin/sh\necho '${says}' >&2\n`, { mode: 0o755 });

  it.each(['openjdk version "17.0.15" 2025-04-15', 'java version "21" 2023-09-19'])('may be %s', (says) => {
    put(says);
    expect(missingJava(folder)).toBeUndefined();
  });

  it.each([
    ['openjdk version "11.0.2" 2019-01-15', 'the java on the path is Java 11, and Apache Kafka takes Java 17 or later'],
    ['java version "1.8.0_401"', 'the java on the path is Java 8, and Apache Kafka takes Java 17 or later'],
    ['No runtime present.', 'the java on the path does not say its version: No runtime present.'],
  ])('may not be %s', (says, reason) => {
    put(says);
    expect(missingJava(folder)).toBe(reason);
  });

  it('has to be there', () => {
    expect(missingJava(folder)).toBe('there is no java on the path');
  });
});
