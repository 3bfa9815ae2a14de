import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Parser } from '@asyncapi/parser';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypes } from '#event-catalog';
import { type GoldenMessage, goldenFiles, goldenText, messagesOfSamples } from '../testing/golden-messages.js';
import { MessageValidator } from '../testing/message-validator.js';
import { asyncApiDocument, publishedMessages } from './async-api-document.js';

const document = fileURLToPath(new URL('../../../../docs/asyncapi.json', import.meta.url));
const lock = JSON.parse(goldenText('golden.lock.json')) as Record<string, string>;

describe('docs/asyncapi.json', () => {
  it('is what `npm run asyncapi` writes', () => {
    expect(JSON.parse(readFileSync(document, 'utf8'))).toEqual(asyncApiDocument());
  });

  it('is a valid AsyncAPI document', async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(readFileSync(document, 'utf8'));
    expect(parsed).toBeDefined();
    // Errors are 0, warnings 1; what is said of a newer version of AsyncAPI is neither.
    expect(diagnostics.filter(({ severity }) => Number(severity) <= 1)).toEqual([]);
  });

  it('has a message for every event that users and groups can have', () => {
    const internal = ['name.claimed', 'name.released'];
    const expected = Object.values(eventTypes)
      .filter(({ storedAs }) => !internal.includes(storedAs))
      .map(({ storedAs, version }) => `${storedAs}.v${version}`);
    const types = publishedMessages().filter(({ topic }) => topic === 'events');
    expect(types.map(({ type }) => type).sort()).toEqual(expected.sort());
  });
});

describe('the golden samples of published messages', () => {
  const validator = new MessageValidator();
  let today: ReadonlyMap<string, GoldenMessage>;
  beforeAll(async () => {
    today = await messagesOfSamples();
  });

  it('exist for every type of message, and for its tombstone', () => {
    expect(goldenFiles()).toEqual(expect.arrayContaining([...today.keys()]));
    const types = publishedMessages().map(({ type }) => `${type}.json`);
    expect([...today.keys()].filter((file) => !file.includes('tombstone')).sort()).toEqual(types.sort());
  });

  it.each(goldenFiles())('%s has not been edited since it was released', (file) => {
    expect(createHash('sha256').update(goldenText(file)).digest('hex')).toBe(lock[file]);
  });

  it.each(goldenFiles())('%s keeps to the contract, and is what is published today', (file) => {
    const golden = JSON.parse(goldenText(file)) as GoldenMessage;
    expect(validator.problems(golden)).toEqual([]);
    if (today.has(file)) expect(today.get(file)).toEqual(golden);
  });

  it('would be found not to keep to the contract where something is missing or wrong', () => {
    const golden = JSON.parse(goldenText('user.provisioned.v1.json')) as GoldenMessage;
    const { ce_time: _, ...headers } = golden.headers;
    expect(validator.problems({ ...golden, headers })).not.toEqual([]);
    expect(validator.problems({ ...golden, value: {} })).not.toEqual([]);
    expect(validator.problems({ ...golden, value: null })).not.toEqual([]);
    expect(validator.problems({ ...golden, topic: 'users' })).not.toEqual([]);
  });
});
