export { CREDENTIALS, type Credentials } from './authentication/credentials.js';
export { CLOCK } from './clock.js';
export { createHttpAdapter } from './http/create-http-adapter.js';
export { ScimExceptionFilter } from './http/scim-exception.filter.js';
export { Addresses } from './reading/addresses.js';
export { DIRECTORY_READER } from './reading/directory-reader.token.js';
export { READ_YOUR_WRITES, type ReadScope, type ReadYourWrites } from './reading/read-your-writes.js';
export { ScimIngressModule } from './scim-ingress.module.js';
