import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '#kernel';
import { basePath } from '../scim/tenant.js';
import { type BareAnswer, BareDirectory } from './bare-directory.js';

/*
 * The bare server: what node:http alone can do with the same requests. No framework, router, authentication, validation,
 * log or disk. It collects the body, parses it as JSON, and answers the same status, headers and amount of text.
 */
const directory = new BareDirectory();

const server = createServer((request, response) => {
  if (request.method === 'POST' || request.method === 'PATCH') {
    readBody(request, (body) => send(response, answerWrite(request, body)));
  } else {
    send(response, answerOthers(request));
  }
});
server.listen(Number(process.env['PORT']), '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`The bare server is at http://127.0.0.1:${port}\n`);
});

function readBody(request: IncomingMessage, read: (body: JsonObject) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
    read(JSON.parse(bytes.toString('utf8')) as JsonObject);
  });
}

function answerWrite({ method, url = '' }: IncomingMessage, body: JsonObject): BareAnswer {
  const isUser = url.startsWith('/Users', basePath.length);
  if (method === 'POST') return directory.create(isUser ? 'User' : 'Group', body);
  return isUser ? directory.changeUser(idIn(url), body) : directory.changeGroup(idIn(url));
}

function answerOthers({ method, url = '' }: IncomingMessage): BareAnswer {
  if (url === '/health/ready') return { status: 200, text: '{}' };
  if (method === 'DELETE') return directory.remove(idIn(url));
  const filter = url.indexOf('filter=');
  return filter < 0 ? directory.find(idIn(url)) : directory.named(quotedIn(url.slice(filter)));
}

function idIn(url: string): string {
  const start = url.lastIndexOf('/') + 1;
  const end = url.indexOf('?', start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}

function quotedIn(filter: string): string {
  const text = decodeURIComponent(filter.replaceAll('+', ' '));
  return text.slice(text.indexOf('"') + 1, text.lastIndexOf('"'));
}

function send(response: ServerResponse, { status, revision, location, text }: BareAnswer): void {
  const headers: Record<string, string | number> = {};
  if (revision !== undefined) headers['ETag'] = `W/"${revision}"`;
  if (location !== undefined) headers['Location'] = location;
  if (text !== undefined) {
    headers['Content-Type'] = 'application/scim+json; charset=utf-8';
    headers['Content-Length'] = Buffer.byteLength(text);
  }
  response.writeHead(status, headers);
  response.end(text);
}
