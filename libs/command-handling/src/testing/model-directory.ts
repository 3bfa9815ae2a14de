import { foldCase } from '#kernel';
import type { AuditedDirectory } from './audit-directory.js';

/** What a caller hears: `ok`, or the reason of the refusal (with the owner of a taken name). */
export type Answer = string;

export interface ModelResource {
  readonly name: string;
  readonly title?: string | undefined;
  readonly members?: ReadonlySet<string>;
}

/** Users, or groups, as they would be if one command came after the other and a Map were enough. */
export class ModelDirectory {
  readonly #resources: Map<string, ModelResource>;

  constructor(resources: Iterable<readonly [string, ModelResource]> = []) {
    this.#resources = new Map(resources);
  }

  create(id: string, resource: ModelResource): Answer {
    return this.#nameTaken(id, resource.name) ?? this.#put(id, resource);
  }

  change(id: string, change: (resource: ModelResource) => ModelResource): Answer {
    const current = this.#resources.get(id);
    if (!current) return 'not-found';
    const changed = change(current);
    return this.#nameTaken(id, changed.name) ?? this.#put(id, changed);
  }

  remove(id: string): Answer {
    return this.#resources.delete(id) ? 'ok' : 'not-found';
  }

  copy(): ModelDirectory {
    return new ModelDirectory(this.#resources);
  }

  /** Plain values, to be compared. */
  content(): object {
    return Object.fromEntries(
      [...this.#resources]
        .sort(([one], [other]) => one.localeCompare(other))
        .map(([id, { name, title, members }]) => [id, { name, title, members: [...(members ?? [])].sort() }]),
    );
  }

  #put(id: string, resource: ModelResource): Answer {
    this.#resources.set(id, resource);
    return 'ok';
  }

  #nameTaken(id: string, name: string): Answer | undefined {
    for (const [owner, resource] of this.#resources) {
      if (owner !== id && foldCase(resource.name) === foldCase(name)) return `name-taken by ${owner}`;
    }
    return undefined;
  }
}

/** Everybody and every group an audited log tells of; ids of users and groups differ. */
export function contentOf({ users, groups }: AuditedDirectory): object {
  const resources: [string, ModelResource][] = [];
  for (const [id, { userName, title }] of users) {
    resources.push([id, { name: userName as string, title: title as string | undefined }]);
  }
  for (const [id, { attributes, members }] of groups) {
    resources.push([id, { name: attributes['displayName'] as string, members }]);
  }
  return new ModelDirectory(resources).content();
}
