/**
 * Writes the published contract to docs/asyncapi.json, from the catalogue of events; a test fails where it is out of date.
 *
 *   npm run asyncapi
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncApiDocument } from '#event-relay';

const file = join(import.meta.dirname, '..', 'docs', 'asyncapi.json');
writeFileSync(file, `${JSON.stringify(asyncApiDocument(), null, 2)}\n`);
