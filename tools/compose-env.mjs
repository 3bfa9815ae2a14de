/** Writes the secrets that docker-compose.yml needs into .env. Never changes one that is there: names are hashed with it. */
import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const file = join(dirname(dirname(fileURLToPath(import.meta.url))), '.env');
if (existsSync(file)) {
  console.error(`${file} is there already and stays as it is.`);
  process.exit(0);
}
const token = () => randomBytes(32).toString('base64url');
const secrets = {
  NAME_SECRET: randomBytes(32).toString('hex'),
  SCIM_BEARER_TOKEN: token(),
  ADMIN_TOKEN: token(),
  POSTGRES_PASSWORD: token(),
};
const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
writeFileSync(file, lines.join(''), { mode: 0o600, flag: 'wx' });
console.log(`${file} holds the secrets now. Back it up: without NAME_SECRET every name in the log looks free.`);
console.log(`Paste SCIM_BEARER_TOKEN into Entra as secret token: ${secrets.SCIM_BEARER_TOKEN}`);
