import type { JsonObject } from '#kernel';
import type { GroupEvent, UserEvent } from '#directory-domain';
import { publishedAssignments, publishedAttributes, publishedNames, type Withheld } from './published-attributes.js';

/**
 * What consumers get to see of an event's data. The claim of a name is between the streams of this product: it says
 * nothing about the resource, and its key is a secret's business.
 */
export function publishedData(event: UserEvent | GroupEvent, withheld: Withheld): JsonObject {
  switch (event.type) {
    case 'UserProvisioned': {
      const { userId, attributes } = event.data;
      return { userId, attributes: publishedAttributes(attributes, withheld) };
    }
    case 'UserProfileChanged': {
      const { userId, assigned, unassigned } = event.data;
      return {
        userId,
        assigned: publishedAssignments(assigned, withheld),
        unassigned: publishedNames(unassigned, withheld),
      };
    }
    case 'GroupProvisioned': {
      const { groupId, attributes } = event.data;
      return { groupId, attributes: publishedAttributes(attributes, withheld) };
    }
    case 'GroupProfileChanged': {
      const { groupId, assigned, unassigned } = event.data;
      return {
        groupId,
        assigned: publishedAssignments(assigned, withheld),
        unassigned: publishedNames(unassigned, withheld),
      };
    }
    case 'NameClaimAbandoned':
      return {};
    default:
      return event.data as unknown as JsonObject;
  }
}
