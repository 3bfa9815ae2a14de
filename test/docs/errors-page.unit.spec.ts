import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type ScimErrorCode, scimErrorCatalogue } from '#scim-protocol';

/** The rows docs/errors.md has to have. */
function expectedRows(): string[] {
  return Object.entries(scimErrorCatalogue).map(([code, entry]) => {
    const { status, scimType, template } = entry as { status: number; scimType?: string; template: string };
    return `| \`${code as ScimErrorCode}\` | ${status} | ${scimType ? `\`${scimType}\`` : ''} | ${template} |`;
  });
}

describe('docs/errors.md', () => {
  const page = readFileSync(new URL('../../docs/errors.md', import.meta.url), 'utf8');

  it('lists every error of the catalogue and no other', () => {
    expect(page.split('\n').filter((line) => line.startsWith('| `'))).toEqual(expectedRows());
  });
});
