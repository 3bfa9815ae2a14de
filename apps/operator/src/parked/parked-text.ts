import type { ParkedKey } from '#event-relay';

/** What is parked, for people: the longest first, as it is given. */
export function parkedText(parked: readonly ParkedKey[]): string {
  if (parked.length === 0) return 'No key is parked.\n';
  const count = parked.length === 1 ? '1 key is' : `${parked.length} keys are`;
  return `${count} parked, the longest first.\n${parked.map((key) => `\n${keyText(key)}`).join('')}`;
}

function keyText({ key, eventId, eventType, revision, position, parkedAt, reason, request }: ParkedKey): string {
  const lines = [
    ['event', eventId],
    ['which is', `${eventType}, revision ${revision}, position ${position}`],
    ['parked', new Date(parkedAt).toISOString()],
    ['because', reason],
    ...(request ? [['asked for', `${request}, not done yet`]] : []),
  ];
  return `${key}\n${lines.map(([name = '', value]) => `  ${name.padEnd(10)} ${value}\n`).join('')}`;
}
