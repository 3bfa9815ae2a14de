import { type Failure, type Method } from './scim-request.js';

const examplesKept = 3;

/** Failures of one kind: the same method, route and status, with a few whole examples. */
export interface FailureGroup {
  readonly method: Method;
  /** The path without ids and query: `/Users/{id}`. */
  readonly route: string;
  readonly status: number | undefined;
  readonly count: number;
  readonly examples: readonly Failure[];
}

/** Failures grouped as they come: a server that refuses everything must not fill the memory of the one who asks. */
export class FailureLog {
  readonly #groups = new Map<string, FailureGroup & { count: number; examples: Failure[] }>();

  add(failure: Failure): void {
    const { method, path, status } = failure;
    const route = routeOf(path);
    const key = `${method} ${route} ${status ?? '-'}`;
    const group = this.#groups.get(key) ?? { method, route, status, count: 0, examples: [] };
    group.count++;
    const heardBefore = group.examples.some((example) => example.words === failure.words);
    if (!heardBefore && group.examples.length < examplesKept) group.examples.push(failure);
    this.#groups.set(key, group);
  }

  /** The most frequent kind first. */
  get groups(): FailureGroup[] {
    return [...this.#groups.values()].sort((left, right) => right.count - left.count);
  }
}

function routeOf(path: string): string {
  const [resource = '', query] = path.split('?', 2) as [string, string | undefined];
  const route = resource.replace(/^(\/[^/]+)\/.+$/, '$1/{id}');
  return query?.includes('filter=') ? `${route}?filter` : route;
}
