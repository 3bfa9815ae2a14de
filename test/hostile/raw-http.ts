import { once } from 'node:events';
import { connect } from 'node:net';
import type { JsonObject } from '#kernel';
import type { ScimReply } from '../support/scim-client.js';

const lineEnd = '\r\n';

/**
 * Sends bytes over a connection of its own, says that no more will come, and reads until the server closes.
 *
 * @param bytes one or more requests, or anything else
 * @returns every byte that came back
 */
export async function exchangeBytes(origin: string, bytes: Uint8Array): Promise<Buffer> {
  const { hostname, port } = new URL(origin);
  const socket = connect({ host: hostname, port: Number(port) });
  const answer: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => answer.push(chunk));
  // The server may have closed the connection while the rest was still being sent.
  socket.on('error', () => undefined);
  socket.end(bytes);
  await once(socket, 'close');
  return Buffer.concat(answer);
}

/** @returns the answers in the bytes. @throws Error where they are not complete HTTP/1.1 answers, one after the other. */
export function answersIn(bytes: Buffer): ScimReply[] {
  const answers: ScimReply[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const headEnd = rest.indexOf(lineEnd + lineEnd);
    const [statusLine = '', ...fields] = rest.subarray(0, headEnd).toString('latin1').split(lineEnd);
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(statusLine) ?? [];
    if (headEnd < 0 || status === undefined) throw new Error(`No HTTP answer: ${rest.toString()}`);
    const headers = Object.fromEntries(fields.map((field) => splitField(field)));
    const begin = headEnd + 2 * lineEnd.length;
    const end = begin + Number(headers['content-length'] ?? 0);
    if (end > rest.length) throw new Error(`The answer is cut short: ${rest.toString()}`);
    const text = rest.subarray(begin, end).toString();
    const body = text === '' ? {} : (JSON.parse(text) as JsonObject);
    answers.push({ status: Number(status), headers, text, body });
    rest = rest.subarray(end);
  }
  return answers;
}

function splitField(field: string): [string, string] {
  const colon = field.indexOf(':');
  return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
}
