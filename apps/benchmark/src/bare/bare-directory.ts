import { randomUUID } from 'node:crypto';
import { type JsonObject, isJsonObject } from '#kernel';
import { basePath } from '../scim/tenant.js';

/** Resources after these are answered and forgotten, so that a long run is not slowed by a growing heap. */
const mostRemembered = 5_000;

export interface BareAnswer {
  readonly status: number;
  readonly revision?: number;
  readonly location?: string;
  readonly text?: string;
}

interface Remembered {
  readonly document: JsonObject;
  readonly revision: number;
  readonly location: string;
  /** What a GET answers, ready to be sent. */
  readonly text: string;
}

/**
 * Answers what the product would answer, with no more work than that takes in memory: ids and names are looked up in
 * maps, reads answer finished text, writes render theirs. Checks nothing, keeps nothing on disk, knows no members.
 */
export class BareDirectory {
  readonly #byId = new Map<string, Remembered>();
  readonly #idByName = new Map<string, string>();

  find(id: string): BareAnswer {
    const found = this.#byId.get(id);
    return found ? { status: 200, ...found } : { status: 404, text: '{}' };
  }

  named(name: string): BareAnswer {
    const found = this.#byId.get(this.#idByName.get(name) ?? '');
    const count = found ? 1 : 0;
    const head = `{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":${count},`;
    return { status: 200, text: `${head}"startIndex":1,"itemsPerPage":${count},"Resources":[${found?.text ?? ''}]}` };
  }

  create(type: 'User' | 'Group', body: JsonObject): BareAnswer {
    const id = randomUUID();
    const location = `http://127.0.0.1${basePath}/${type}s/${id}`;
    const created = new Date().toISOString();
    const meta = { resourceType: type, created, lastModified: created, version: 'W/"0"', location };
    const document = { ...body, id, meta };
    const text = JSON.stringify(document);
    if (this.#byId.size < mostRemembered) {
      this.#byId.set(id, { document, revision: 0, location, text });
      this.#idByName.set((body['userName'] ?? body['displayName']) as string, id);
    }
    return { status: 201, revision: 0, location, text };
  }

  /** Sets whole attributes; that is all the measured PATCH of a user asks for. */
  changeUser(id: string, { Operations: operations }: JsonObject): BareAnswer {
    const found = this.#byId.get(id);
    if (!found) return { status: 404, text: '{}' };
    const document = { ...found.document };
    for (const operation of Array.isArray(operations) ? operations.filter(isJsonObject) : []) {
      document[operation['path'] as string] = operation['value'] ?? null;
    }
    const text = JSON.stringify(document);
    const { location } = found;
    const revision = found.revision + 1;
    this.#byId.set(id, { document, revision, location, text });
    return { status: 200, revision, location, text };
  }

  changeGroup(id: string): BareAnswer {
    const { revision = 0, location = '' } = this.#byId.get(id) ?? {};
    return { status: 204, revision, location };
  }

  remove(id: string): BareAnswer {
    const found = this.#byId.get(id);
    if (found) this.#idByName.delete(found.document['userName'] as string);
    this.#byId.delete(id);
    return { status: 204 };
  }
}
