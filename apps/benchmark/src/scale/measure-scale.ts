import type { Repetitions } from '../comparison/compare.js';
import type { DataFolders } from '../seed/data-folders.js';
import { millionMemberships, millionUsers, thousandUsers } from '../seed/directory-shape.js';
import type { Placement } from '../server/placement.js';
import { ServerProcess } from '../server/server-process.js';
import { productOn, whileRunning } from '../server/start-servers.js';
import { catchUpRate } from './catch-up.js';
import { entraPace } from './entra-pace.js';
import { groupCosts } from './group-cost.js';
import { holdUp } from './hold-up.js';
import { memoryUse } from './memory-use.js';
import { pageCost } from './page-cost.js';
import { readiness } from './readiness.js';
import type { ScaleResult } from './scale-result.js';
import { userCosts } from './user-cost.js';

/** Building the view of a seeded log may take this long, seconds. */
const buildPatience = 1_800;

export interface ScaleSettings {
  readonly folders: DataFolders;
  readonly placement: Placement | undefined;
  readonly repetitions: Repetitions;
  /** Hears what is done next, in a few words. */
  readonly report: (step: string) => void;
}

/** Holds large directories against small ones. The first run makes the directories, which takes minutes. */
export async function measureScale(settings: ScaleSettings): Promise<readonly ScaleResult[]> {
  const { folders, placement, repetitions, report } = settings;
  const results: ScaleResult[] = [];
  /** One measurement that fails must not take the others with it. */
  const measure = async (title: string, work: () => Promise<readonly ScaleResult[]>) => {
    report(title);
    results.push(...(await work().catch((error: unknown) => [{ title, failure: String(error) }])));
  };

  report('seeding: a thousand users, a million users, a million memberships');
  const thousand = productOn(await folders.seeded(thousandUsers), placement);
  const millionFolder = await folders.seeded(millionUsers);
  const million = productOn(millionFolder, placement);
  const memberships = productOn(await folders.seeded(millionMemberships), placement);

  await measure('catching up', () => catchUp(millionFolder, folders, placement));
  report('building the views that are not there yet');
  for (const options of [million, memberships, thousand]) await whileRunning(options, async () => {}, buildPatience);

  await measure('starting', () => readiness(million));
  await measure('memory', () => whileRunning(memberships, memoryUse));
  await whileRunning(million, async (server) => {
    await measure('groups of 100 and of 100,000 members', () => groupCosts(server, repetitions));
    await measure('a thousand and a million users', () =>
      whileRunning(thousand, (small) =>
        userCosts(
          { port: server.port, pid: server.pid, users: millionUsers.users },
          { port: small.port, pid: small.pid, users: thousandUsers.users },
          repetitions,
        ),
      ),
    );
    await measure('pages of a list', () => pageCost(server.port, millionUsers.users));
    await measure('a full read of a group', () => holdUp(server.port));
    await measure('the pace of Entra', () => entraPace(server.port));
  });
  return results;
}

async function catchUp(
  seeded: string,
  folders: DataFolders,
  placement: Placement | undefined,
): Promise<readonly ScaleResult[]> {
  const folder = folders.withoutView(seeded);
  const server = ServerProcess.launch(productOn(folder, placement));
  try {
    return await catchUpRate(server);
  } finally {
    await server.stop();
    folders.remove(folder);
  }
}
