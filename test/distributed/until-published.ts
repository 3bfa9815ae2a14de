import type { Installation } from './installation.js';

/** Until the leader has published so many messages more. */
export async function untilPublished(installation: Installation, messages: number): Promise<void> {
  const leader = await installation.leader();
  const count = async () => (await leader.metric('relay_messages_total', installation.adminToken)) ?? 0;
  const goal = (await count()) + messages;
  await leader.until(async () => (await count()) >= goal);
}
