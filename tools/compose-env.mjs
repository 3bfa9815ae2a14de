/** Writes the secrets that docker-compose.yml needs into .env. Never changes one that is there: names are hashed with it. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const file = process.argv[2] ?? join(dirname(dirname(fileURLToPath(import.meta.url))), '.env');
const token = () => randomBytes(32).toString('base64url');
const secrets = {
  NAME_SECRET: randomBytes(32).toString('hex'),
  SCIM_BEARER_TOKEN: token(),
  ADMIN_TOKEN: token(),
  POSTGRES_PASSWORD: token(),
};
if (existsSync(file)) {
  const given = readFileSync(file, 'utf8');
  const missing = Object.keys(secrets).filter((name) => !new RegExp(`^${name}=.`, 'm').test(given));
  console.error(`${file} is there already and stays as it is.`);
  if (missing.length > 0) {
    console.error(
      `It lacks ${missing.join(', ')}. Take them from a backup of it; for a new installation move the file away, ` +
        'run this again and add its other lines.',
    );
  }
  process.exit(missing.length > 0 ? 1 : 0);
}
const lines = Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`);
writeFileSync(file, lines.join(''), { mode: 0o600, flag: 'wx' });
console.log(`${file} holds the secrets now. Back it up: without NAME_SECRET every name in the log looks free.`);
console.log(`Paste SCIM_BEARER_TOKEN into Entra as secret token: ${secrets.SCIM_BEARER_TOKEN}`);
