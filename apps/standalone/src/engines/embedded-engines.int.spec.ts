import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { type TemporaryFolder, temporaryFolder } from '#event-store-sqlite/testing';
import { SchemaRegistry } from '#scim-protocol';
import { dataFiles } from './data-files.js';
import { openEmbeddedEngines, openLog } from './embedded-engines.js';

describe('the embedded engines', () => {
  let folder: TemporaryFolder;
  let warnings: string[];

  beforeEach(() => {
    folder = temporaryFolder();
    warnings = [];
  });
  afterEach(() => folder.remove());

  it('are opened where the halt of a former relay cannot be lifted, which is told', async () => {
    const directory = folder.path('data');
    const store = openLog(directory);
    mkdirSync(join(dataFiles(directory).halts, 'relay.json'), { recursive: true });
    const engines = await openEmbeddedEngines({
      ...{ directory, store, registry: new SchemaRegistry(), nameSecret: randomBytes(32) },
      logger: pino({ level: 'warn' }, { write: (line: string) => warnings.push(line) }),
    });
    await engines.close();
    expect(warnings).toEqual([expect.stringContaining('a halt cannot be lifted')]);
  });
});
