import { type JsonObject, type JsonValue, isJsonObject } from '#kernel';
import type { ResolvedAttribute } from '../schema/attribute-path.js';
import type { ResourceDocument } from '../schema/resource-document.js';

/**
 * A document that is being changed attribute by attribute. Shares every value with the document it began as: values are
 * replaced, never changed in place, so neither making a draft nor changing it copies the document.
 */
export class DocumentDraft {
  readonly #document: JsonObject;

  constructor(original: ResourceDocument) {
    this.#document = { ...original };
  }

  get document(): ResourceDocument {
    return this.#document;
  }

  get({ extension, attribute }: ResolvedAttribute): JsonValue | undefined {
    return this.#holder(extension)[attribute.name];
  }

  set({ extension, attribute }: ResolvedAttribute, value: JsonValue | undefined): void {
    const holder = extension === undefined ? this.#document : { ...this.#holder(extension) };
    if (value === undefined) delete holder[attribute.name];
    else holder[attribute.name] = value;
    if (extension === undefined) return;
    if (Object.keys(holder).length === 0) delete this.#document[extension];
    else this.#document[extension] = holder;
  }

  #holder(extension: string | undefined): JsonObject {
    if (extension === undefined) return this.#document;
    const holder = this.#document[extension];
    return isJsonObject(holder) ? holder : {};
  }
}
