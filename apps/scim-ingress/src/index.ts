export {
  BearerCredentials,
  generateToken,
  storedCredential,
  type StoredCredential,
} from './authentication/bearer-credentials.js';
export { CREDENTIALS, type Credentials } from './authentication/credentials.js';
export { defaultCredential, defaultTenant } from './authentication/default-tenant.js';
export { CLOCK } from './clock.js';
export { ScimEnvironment } from './configuration/scim-environment.js';
export { Addresses } from './reading/addresses.js';
export { DIRECTORY_READER } from './reading/directory-reader.token.js';
export { READ_YOUR_WRITES, type ReadScope, type ReadYourWrites } from './reading/read-your-writes.js';
export { ScimIngressModule } from './scim-ingress.module.js';
export { type RunningService, serveScim } from './serve-scim.js';
