import type { Installation } from './installation/installation.js';
import type { Outcome } from './outcome.js';

/** What one command does. @param tell shows a line while it goes on. */
export type Task = (installation: Installation, tell: (line: string) => void) => Promise<Outcome>;

/** Does it with the installation that the environment names, and shows the outcome. */
export type Perform = (task: Task) => Promise<void>;
