export { concernsView } from './projection/concerns-view.js';
export { eventCost } from './projection/event-cost.js';
export type {
  DirectoryQuery,
  DirectoryReader,
  ListedResource,
  ProjectedMember,
  ProjectedMembers,
  ResourcePage,
  StoredHead,
} from './reading/directory-reader.js';
export type { Keyset } from './reading/keyset.js';
export { type CursorScope, decodeCursor, encodeCursor } from './reading/list-cursor.js';
export { memberTexts } from './reading/member-texts.js';
export { isViewFailure } from './reading/view-failure.js';
export { FollowedDirectoryView, type FollowedDirectoryViewOptions } from './postgres/followed-directory-view.js';
export { projectorNames, viewLeaseOf } from './postgres/projector-names.js';
export {
  PostgresGenerationAdministration,
  type PostgresGenerationAdministrationOptions,
} from './postgres/postgres-generation-administration.js';
export { PostgresDirectoryView, type PostgresDirectoryViewOptions } from './postgres/postgres-directory-view.js';
export { readPostgresGenerations } from './postgres/read-postgres-generations.js';
export { SqlStoreError } from './sql/sql-connection.js';
export { readSqliteGenerations } from './sqlite/read-sqlite-generations.js';
export { SqliteGenerationAdministration } from './sqlite/sqlite-generation-administration.js';
export { SqliteDirectoryView, type SqliteDirectoryViewOptions } from './sqlite/sqlite-directory-view.js';
export { damagedVersion } from './sqlite/sqlite-generation-table.js';
