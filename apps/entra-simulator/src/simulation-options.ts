export interface SimulationOptions {
  /** The tenant URL, as an admin types it into Entra. */
  readonly url: string;
  readonly token: string;
  /** People and groups of each job. */
  readonly users: number;
  readonly groups: number;
  /** Average number of members of a group. */
  readonly members: number;
  /** Incremental cycles after the initial one. */
  readonly cycles: number;
  /** `both`: the jobs take turns, at least two run. */
  readonly dialect: 'default' | 'compliant' | 'both';
  /** Provisioning jobs side by side, each with a company of its own in the same tenant. */
  readonly jobs: number;
  /** Parallel requests of each job. */
  readonly connections: number;
  /** Requests per second of all jobs together; undefined means as fast as the server answers. */
  readonly rate: number | undefined;
  /** Runs with the same seed and sizes do the same. */
  readonly seed: string;
  readonly timeoutMs: number;
  /** Further attempts after 429, 5xx or no answer. */
  readonly retries: number;
  /** Wait before the first retry where the server does not name one. */
  readonly retryDelayMs: number;
}

export const defaultOptions: Omit<SimulationOptions, 'token'> = {
  url: 'http://127.0.0.1:3000/tenants/default/scim/v2',
  users: 1000,
  groups: 50,
  members: 20,
  cycles: 3,
  dialect: 'default',
  jobs: 1,
  connections: 8,
  rate: undefined,
  seed: '1',
  timeoutMs: 30_000,
  retries: 2,
  retryDelayMs: 500,
};
