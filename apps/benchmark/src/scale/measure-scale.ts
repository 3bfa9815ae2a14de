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
export async function measureScale({ folders, placement, repetitions, report }: ScaleSettings) {
  const results: ScaleResult[] = [];
  report('seeding: a thousand users, a million users, a million memberships');
  const thousand = productOn(await folders.seeded(thousandUsers), placement);
  const millionFolder = await folders.seeded(millionUsers);
  const million = productOn(millionFolder, placement);
  const memberships = productOn(await folders.seeded(millionMemberships), placement);

  report('catching up');
  results.push(await catchUp(millionFolder, folders, placement));

  report('building the views that are not there yet');
  for (const options of [million, memberships, thousand]) await whileRunning(options, async () => {}, buildPatience);

  report('starting');
  results.push(await readiness(million));
  report('memory');
  results.push(...(await whileRunning(memberships, memoryUse)));

  await whileRunning(million, async ({ port }) => {
    report('groups of 100 and of 100,000 members');
    results.push(...(await groupCosts(port, repetitions)));
    await whileRunning(thousand, async (small) => {
      report('a thousand and a million users');
      const servers = [
        { port, users: millionUsers.users },
        { port: small.port, users: thousandUsers.users },
      ] as const;
      results.push(...(await userCosts(...servers, repetitions)));
    });
    report('pages, a full read of a group, the pace of Entra');
    results.push(await pageCost(port), await holdUp(port), await entraPace(port));
  });
  return results as readonly ScaleResult[];
}

async function catchUp(seeded: string, folders: DataFolders, placement: Placement | undefined): Promise<ScaleResult> {
  const folder = folders.withoutView(seeded);
  const server = ServerProcess.launch(productOn(folder, placement));
  try {
    return await catchUpRate(server);
  } finally {
    await server.stop();
    folders.remove(folder);
  }
}
