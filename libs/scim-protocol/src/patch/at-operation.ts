import { type ScimError, scimErrorCatalogue } from '../errors/scim-error.js';

/** Says in an error's detail which operation it is about, where the detail does not say so already. */
export function atOperation(index: number, error: ScimError): ScimError {
  const template: string = scimErrorCatalogue[error.code].template;
  return template.includes('{index}') ? error : { ...error, detail: `Operation ${index}: ${error.detail}` };
}
