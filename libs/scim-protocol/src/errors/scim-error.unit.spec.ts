import { describe, expect, it } from '@jest/globals';
import { type ScimErrorCode, scimError, scimErrorCatalogue } from './scim-error.js';

const codes = Object.keys(scimErrorCatalogue) as ScimErrorCode[];
const parameters = new Proxy<Record<string, string>>({}, { get: (_, name) => `<${String(name)}>` });
const build = scimError as (code: ScimErrorCode, values: Record<string, string>) => ReturnType<typeof scimError>;

describe('SCIM error catalogue', () => {
  it.each(codes)('%s has a status, a sentence and all its parameters filled in', (code) => {
    const error = build(code, parameters);
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.status).toBeLessThan(600);
    expect(error.detail).toMatch(/^[^{}]+[.}>]$/);
    expect(error.detail).not.toContain('undefined');
  });

  it.each(codes)('%s has a scimType only where RFC 7644 table 9 has one: 400 and 409', (code) => {
    const { status, scimType } = build(code, parameters);
    if (scimType !== undefined) expect(status).toBe(scimType === 'uniqueness' ? 409 : 400);
    if (status === 400) expect(scimType).toBeDefined();
  });

  it('repeats only the beginning of a long text', () => {
    const { detail } = scimError('notFound', { resourceType: 'User', id: 'x'.repeat(10_000) });
    expect(detail.length).toBeLessThan(300);
  });

  it('repeats whole characters only', () => {
    const detailOf = (id: string) => scimError('notFound', { resourceType: 'User', id }).detail;
    expect(detailOf(`${'x'.repeat(199)}😀x`)).toBe(`User '${'x'.repeat(199)}...' does not exist.`);
    expect(detailOf(`${'x'.repeat(198)}😀x`)).toBe(`User '${'x'.repeat(198)}😀...' does not exist.`);
    for (const half of ['\ud83d', '\ude00', `${'x'.repeat(199)}\ud83dx`, `\ude00${'x'.repeat(300)}`]) {
      expect(detailOf(half).isWellFormed()).toBe(true);
    }
  });

  it('does not take a text of a client for a template', () => {
    expect(scimError('notFound', { resourceType: '{id}', id: '$& $1' }).detail).toBe("{id} '$& $1' does not exist.");
  });
});
