import type { ScimError } from '#scim-protocol';

/** Carries a refusal out of places that cannot return one: decorators and parsers. */
export class ScimException extends Error {
  override readonly name = 'ScimException';

  constructor(readonly scimError: ScimError) {
    super(scimError.detail);
  }
}
