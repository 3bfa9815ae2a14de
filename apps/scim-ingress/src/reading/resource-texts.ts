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
  /** False where it is known to be in no group, so that nobody need ask which. */
  readonly isMember: boolean;
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
   * not at all.
   *
   * @param knownMembers JSON texts of a group's members, separated by commas, where they need not be read.
   */
  async complete(
    tenant: TenantId,
    type: ResourceTypeName,
    resource: ResourceHead,
    selection: AttributeSelection | undefined,
    knownMembers?: string,
  ): Promise<string> {
    try {
      return await this.#complete(tenant, type, resource, selection, knownMembers);
    } catch (error) {
      if (type !== 'User' || !isViewFailure(error)) throw error;
      return this.#complete(tenant, type, { ...resource, isMember: false }, selection);
    }
  }

  /**
   * A page's resources, whole or not at all. One after the other, so that a page of large groups is never read all at once,
   * and only the first ones where all of them would be more than `mostPageCharacters`.
   */
  async completeFirst(
    tenant: TenantId,
    type: ResourceTypeName,
    heads: readonly ResourceHead[],
    selection: AttributeSelection | undefined,
  ): Promise<string[]> {
    const texts: string[] = [];
    let characters = 0;
    for (const head of heads) {
      if (characters >= mostPageCharacters) break;
      const text = await this.#complete(tenant, type, head, selection);
      characters += text.length;
      texts.push(text);
    }
    return texts;
  }

  async #complete(
    tenant: TenantId,
    type: ResourceTypeName,
    { id, head, isMember }: ResourceHead,
    selection: AttributeSelection | undefined,
    knownMembers?: string,
  ): Promise<string> {
    const base = this.addresses.base(tenant);
    const location = this.addresses.resource(tenant, type, id);
    const withMemberships = showsMemberships(type, selection);
    const groups =
      type === 'User' && isMember && withMemberships ? await this.reader.groupsOf(tenant, id, base) : undefined;
    const members =
      type === 'Group' && withMemberships
        ? await this.#membersOf(tenant, id, base, selection, knownMembers)
        : undefined;
    if (!selection || selection.keepsHead) return completeResource(head, { location, groups, members });
    return spliceMembers(select(selection, completeResource(head, { location, groups })), members);
  }

  /** Members may be many: taking them apart at once would hold everybody up, so the reader has each piece done. */
  async #membersOf(
    tenant: TenantId,
    groupId: string,
    base: string,
    selection: AttributeSelection | undefined,
    known: string | undefined,
  ): Promise<string | undefined> {
    const shown = (members: string): string => {
      const isWhole = !selection || selection.wantsWhole('members');
      return isWhole ? members : selection.applyToValues('members', members);
    };
    return known === undefined ? this.reader.membersOf(tenant, groupId, base, shown) : `[${shown(known)}]`;
  }
}

function select(selection: AttributeSelection, text: string): string {
  return JSON.stringify(selection.apply(JSON.parse(text) as JsonObject));
}
