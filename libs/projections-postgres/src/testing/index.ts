export { postgresServer } from './postgres-server.js';
export { TemporaryDatabase } from './temporary-database.js';
