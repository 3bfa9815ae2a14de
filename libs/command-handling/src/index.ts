export { OutcomeUnknownError, type Sleep } from './append-until-known.js';
export type { CommandContext } from './command-context.js';
export { createDirectoryCommands, type DirectoryCommandsOptions } from './create-directory-commands.js';
export { derivedUuid } from './derived-uuid.js';
export {
  type CommandResult,
  DirectoryCommands,
  type ExistingResource,
  type GroupChange,
  type UserChange,
} from './directory-commands.js';
export { DirectoryLog, type LoggedGroup, type LoggedUser } from './directory-log.js';
export type { MembershipLookup, ProjectedMembers } from './membership/membership-reader.js';
export type { MembershipRequest } from './membership/membership-request.js';
export { claimedWith } from './name-claims/claimed-with.js';
export type { WriteRefusal, Written } from './aggregate-writer.js';
export type { LoggedChange, WriteObserver } from './write-observer.js';
export { type MemberReader, withLogAsFallback } from './membership/with-log-as-fallback.js';
