import { Inject, Injectable } from '@nestjs/common';
import type { JsonObject, TenantId } from '#kernel';
import { type DirectoryReader, isViewFailure } from '#directory-view';
import { type AttributeSelection, completeResource, type ResourceTypeName, spliceMembers } from '#scim-protocol';
import { mostPageCharacters } from '../limits.js';
import { Addresses } from './addresses.js';
import { DIRECTORY_READER } from './directory-reader.token.js';
import { showsMemberships } from './shows-memberships.js';

/** A resource as text up to `meta.version`; see `renderResourceHead`. */
export interface ResourceHead {
  readonly id: string;
  readonly head: string;
  readonly revision: number;
  /** False where it is known to be in no group, so that nobody need ask which. */
  readonly isMember: boolean;
}

/** A resource as it is answered. */
export interface CompletedResource {
  readonly revision: number;
  readonly text: string;
}

/** Completes stored texts to what a client asked for. Parses only where attributes were selected. */
@Injectable()
export class ResourceTexts {
  constructor(
    @Inject(DIRECTORY_READER) private readonly reader: DirectoryReader,
    private readonly addresses: Addresses,
  ) {}

  /**
   * A single resource. Only the view knows a user's groups: where it cannot be read, the user is shown without, rather than
   * not at all. A group whose members are read is shown as it is then, and may be gone (undefined).
   *
   * @param knownMembers JSON texts of a group's members, separated by commas, where they need not be read.
   */
  async complete(
    tenant: TenantId,
    type: ResourceTypeName,
    resource: ResourceHead,
    selection: AttributeSelection | undefined,
    knownMembers?: string,
  ): Promise<CompletedResource | undefined> {
    try {
      return await this.#complete(tenant, type, resource, selection, knownMembers);
    } catch (error) {
      if (type !== 'User' || !isViewFailure(error)) throw error;
      return this.#complete(tenant, type, { ...resource, isMember: false }, selection);
    }
  }

  /**
   * A group with its members, all of one state: members of another than the rest would show a group as it never was.
   *
   * @returns undefined where there is none.
   */
  async groupWithMembers(
    tenant: TenantId,
    id: string,
    selection: AttributeSelection | undefined,
  ): Promise<CompletedResource | undefined> {
    const base = this.addresses.base(tenant);
    const group = await this.reader.groupWithMembers(tenant, id, base, shownMembers(selection));
    return group && this.#show(tenant, 'Group', { ...group, id }, selection, { members: group.members });
  }

  /**
   * A page's resources, whole or not at all. One after the other, so that a page of large groups is never read all at once,
   * and only the first ones where all of them would be more than `mostPageCharacters`.
   *
   * @returns undefined where one of them is gone since the page was read.
   */
  async completeFirst(
    tenant: TenantId,
    type: ResourceTypeName,
    heads: readonly ResourceHead[],
    selection: AttributeSelection | undefined,
  ): Promise<string[] | undefined> {
    const texts: string[] = [];
    let characters = 0;
    for (const head of heads) {
      if (characters >= mostPageCharacters) break;
      const completed = await this.#complete(tenant, type, head, selection);
      if (!completed) return undefined;
      characters += completed.text.length;
      texts.push(completed.text);
    }
    return texts;
  }

  async #complete(
    tenant: TenantId,
    type: ResourceTypeName,
    resource: ResourceHead,
    selection: AttributeSelection | undefined,
    knownMembers?: string,
  ): Promise<CompletedResource | undefined> {
    const { id, head, revision, isMember } = resource;
    if (!showsMemberships(type, selection)) return this.#show(tenant, type, resource, selection, {});
    if (type === 'User') {
      const groups = isMember ? await this.reader.groupsOf(tenant, id, this.addresses.base(tenant)) : undefined;
      return this.#show(tenant, type, resource, selection, { groups });
    }
    if (knownMembers !== undefined) {
      const members = `[${shownMembers(selection)(knownMembers)}]`;
      return this.#show(tenant, type, { id, head, revision }, selection, { members });
    }
    return this.groupWithMembers(tenant, id, selection);
  }

  #show(
    tenant: TenantId,
    type: ResourceTypeName,
    { id, head, revision }: Omit<ResourceHead, 'isMember'>,
    selection: AttributeSelection | undefined,
    { groups, members }: { readonly groups?: string | undefined; readonly members?: string | undefined },
  ): CompletedResource {
    const location = this.addresses.resource(tenant, type, id);
    if (!selection || selection.keepsHead) {
      return { revision, text: completeResource(head, { location, groups, members }) };
    }
    const selected = select(selection, completeResource(head, { location, groups }));
    return { revision, text: spliceMembers(selected, members) };
  }
}

/** Members may be many: taking them apart at once would hold everybody up, so the reader has each piece done. */
function shownMembers(selection: AttributeSelection | undefined): (members: string) => string {
  return (members) => {
    const isWhole = !selection || selection.wantsWhole('members');
    return isWhole ? members : selection.applyToValues('members', members);
  };
}

function select(selection: AttributeSelection, text: string): string {
  return JSON.stringify(selection.apply(JSON.parse(text) as JsonObject));
}
