export { CuttingProxy } from './cutting-proxy.js';
export { OwnPostgresServer, postgresServer } from './postgres-server.js';
export { TemporaryDatabase } from './temporary-database.js';
export { TemporaryRoles } from './temporary-roles.js';
