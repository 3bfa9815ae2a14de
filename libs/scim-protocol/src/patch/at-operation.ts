import { type ScimError, scimErrorCatalogue } from '../errors/scim-error.js';

/** Says in an error's detail which operation it is about, where the detail does not say so already. */
export function atOperation(index: number, error: ScimError): ScimError {
  const template: string = scimErrorCatalogue[error.code].template;
  const isNamed = template.includes('{index}') || error.code === 'invalidFilter';
  return isNamed ? error : { ...error, detail: `Operation ${index}: ${error.detail}` };
}
