import { incrementalCycle } from './incremental-cycle.js';
import { initialCycle } from './initial-cycle.js';
import type { Phase } from './phase.js';
import { changeUsers, createUsers, deleteUsers, findUsers, missUsers, readUsers } from './user-phases.js';

const usual = { connections: 16 };
const many = { connections: 64 };

/** Every load that is put on the product and on the bare server, with the ratio it has to come to. */
export const phases: readonly Phase[] = [
  { name: 'get-user', title: 'GET user by id', ...usual, floor: 0.45, aim: 0.65, prepare: readUsers },
  { name: 'filter-found', title: 'filter `userName eq`, found', ...usual, floor: 0.45, aim: 0.6, prepare: findUsers },
  { name: 'filter-none', title: 'filter, not found', ...usual, floor: 0.35, aim: 0.5, prepare: missUsers },
  { name: 'post-user', title: 'POST user', ...usual, floor: 0.2, aim: 0.32, prepare: createUsers },
  { name: 'post-user-64', title: 'POST user', ...many, aim: 0.55, prepare: createUsers },
  { name: 'patch-user', title: 'PATCH user', ...usual, floor: 0.18, aim: 0.27, prepare: changeUsers },
  { name: 'patch-user-64', title: 'PATCH user', ...many, aim: 0.45, prepare: changeUsers },
  { name: 'delete-user', title: 'DELETE user', ...usual, floor: 0.08, aim: 0.2, prepare: deleteUsers },
  { name: 'initial-cycle', title: 'initial cycle', ...usual, floor: 0.25, aim: 0.36, prepare: initialCycle },
  {
    name: 'incremental-cycle',
    title: 'incremental cycle',
    ...usual,
    floor: 0.22,
    aim: 0.33,
    prepare: incrementalCycle,
  },
];
