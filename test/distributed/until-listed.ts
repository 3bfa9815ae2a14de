import { expectList } from '../support/scim-answers.js';
import type { ScimClient } from '../support/scim-client.js';

/** Asks for a user until the node's lists are no longer refused as late, and asserts that it is found then. */
export async function untilListed(node: ScimClient, userName: string): Promise<void> {
  const find = () => node.find('/Users', `userName eq "${userName}"`);
  let reply = await find();
  while (reply.status === 503) reply = await find();
  expectList(reply, { totalResults: 1 });
}
