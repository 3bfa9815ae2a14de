import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSizes } from './window.js';

const workingFile = /-(wal|shm|journal)$/;

/** Adds up a data folder's files by what they are for. A file that goes away meanwhile counts as nothing. */
export function dataFolderSizes(folder: string): FileSizes {
  const sizes = { log: 0, view: 0, working: 0, serverLog: 0, others: 0 };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    sizes[kindOf(entry.name)] += statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  }
  return sizes;
}

function kindOf(name: string): keyof FileSizes {
  if (workingFile.test(name)) return 'working';
  if (name === 'log.sqlite') return 'log';
  if (name === 'server.log') return 'serverLog';
  return name.startsWith('view-') ? 'view' : 'others';
}
