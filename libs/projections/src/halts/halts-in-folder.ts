import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Halt, HaltRecord } from './halt.js';
import { haltOfJson, haltToJson } from './halt-json.js';

const suffix = '.json';

/** A file for every projection that has stopped, named like it. The folder is made when it is first needed. */
export class HaltsInFolder implements HaltRecord {
  constructor(private readonly folder: string) {}

  async note(halt: Halt): Promise<void> {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    // Replaced as a whole: others read it at any time.
    const draft = `${this.#file(halt.projection)}.new`;
    writeFileSync(draft, haltToJson(halt), { mode: 0o600 });
    renameSync(draft, this.#file(halt.projection));
  }

  async lift(projection: string): Promise<void> {
    rmSync(this.#file(projection), { force: true });
  }

  async list(): Promise<readonly Halt[]> {
    if (!existsSync(this.folder)) return [];
    const names = readdirSync(this.folder).filter((name) => name.endsWith(suffix));
    return names.sort().flatMap((name) => read(join(this.folder, name)));
  }

  async close(): Promise<void> {}

  #file(projection: string): string {
    return join(this.folder, `${projection}${suffix}`);
  }
}

/** Nothing where it was lifted just now. */
function read(file: string): readonly Halt[] {
  try {
    return [haltOfJson(readFileSync(file, 'utf8'))];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
