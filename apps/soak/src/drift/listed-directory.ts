import { listAll, type ScimClient } from '../../../entra-simulator/src/simulator.js';

/** What lists say of every user and group, and a read of every group whole: text by `/Users/<id>` or `/Groups/<id>`. */
export type ListedDirectory = ReadonlyMap<string, string>;

/** Locations name the server's port, which is another one at each start. */
const origin = /http:\/\/127\.0\.0\.1:\d+/g;

/** @throws where a list or a group cannot be read. */
export async function readDirectory(client: ScimClient): Promise<ListedDirectory> {
  const directory = new Map<string, string>();
  for (const resources of ['Users', 'Groups'] as const) {
    const list = await listAll(client, resources);
    if (!list.ok) throw new Error(`/${resources} cannot be listed: ${list.error.words}`);
    for (const resource of list.value.listed) {
      const path = `/${resources}/${resource['id'] as string}`;
      const text = resources === 'Users' ? JSON.stringify(resource) : await wholeGroup(client, path);
      directory.set(path, text.replaceAll(origin, ''));
    }
  }
  return directory;
}

/** Resources that the two do not say the same of. */
export function differingResources(left: ListedDirectory, right: ListedDirectory): readonly string[] {
  const paths = new Set([...left.keys(), ...right.keys()]);
  return [...paths].filter((path) => left.get(path) !== right.get(path));
}

/** Lists leave members out. */
async function wholeGroup(client: ScimClient, path: string): Promise<string> {
  const answer = await client.send({ method: 'GET', path, accept: [200] });
  if (!answer.ok) throw new Error(`${path} cannot be read: ${answer.error.words}`);
  return answer.value.text;
}
