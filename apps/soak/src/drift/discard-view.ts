import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** Throws away everything that a stopped server can build from its log, and will at its next start. */
export function discardView(folder: string): void {
  rmSync(join(folder, 'view'), { recursive: true });
  rmSync(join(folder, 'membership-end.sqlite'));
}
