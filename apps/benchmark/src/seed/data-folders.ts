import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { DirectoryShape } from './directory-shape.js';
import { seedLog } from './seed-log.js';

/** Raised whenever `seedLog` or the shapes change: folders of earlier versions are not used any more. */
const seedVersion = 2;
const seededMark = 'seeded';

/** Data folders below one folder on a disk, because a memory file system would make durable writes look cheap. */
export class DataFolders {
  constructor(private readonly root: string) {
    mkdirSync(root, { recursive: true });
  }

  /** An empty folder. */
  temporary(): string {
    return mkdtempSync(join(this.root, 'run-'));
  }

  remove(folder: string): void {
    rmSync(folder, { recursive: true, force: true });
  }

  /**
   * A folder that holds the directory, made once and kept between runs. What a run writes to it is history like any other
   * and stays; nothing that is measured depends on it.
   */
  async seeded(shape: DirectoryShape): Promise<string> {
    const folder = join(this.root, `v${seedVersion}-${shape.name}`);
    if (existsSync(join(folder, seededMark))) return folder;
    this.remove(folder);
    mkdirSync(folder, { recursive: true });
    await seedLog(folder, shape);
    writeFileSync(join(folder, seededMark), '');
    return folder;
  }

  /** A folder with the log of another one and without a view. The other one must not be in use meanwhile. */
  withoutView(seeded: string): string {
    const folder = this.temporary();
    symlinkSync(resolve(seeded, 'log.sqlite'), join(folder, 'log.sqlite'));
    copyFileSync(join(seeded, 'installation.json'), join(folder, 'installation.json'));
    return folder;
  }
}
