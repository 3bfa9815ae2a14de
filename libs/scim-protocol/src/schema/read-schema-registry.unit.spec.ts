import { describe, expect, it } from '@jest/globals';
import { err, ok, type Result } from '#kernel';
import { readSchemaRegistry } from './read-schema-registry.js';

const environment = { SCIM_SCHEMAS: 'schemas.json' };

function mistakesOf(content: Result<unknown, string>): readonly string[] {
  const read = readSchemaRegistry(environment, () => content);
  return read.ok ? [] : read.error;
}

describe('the schemas of a process', () => {
  it.each([{}, { SCIM_SCHEMAS: '' }])('are the built-in ones where no file is named: %j', (variables) => {
    const read = readSchemaRegistry(variables, () => err('not to be read'));
    expect(read.ok && read.value.resourceTypes.map(({ name }) => name)).toEqual(['User', 'Group']);
  });

  it('are refused with the reason why the file cannot be read', () => {
    expect(mistakesOf(err('schemas.json cannot be read'))).toEqual(['SCIM_SCHEMAS: schemas.json cannot be read']);
  });

  it('are refused with every mistake in the file, each named as one of the variable', () => {
    const named = expect.stringMatching(/^SCIM_SCHEMAS: Extension 1: /);
    expect(mistakesOf(ok([{ resourceType: 'Device', schema: { id: 'urn:x', attributes: [] } }]))).toEqual([
      named,
      named,
      named,
    ]);
  });
});
